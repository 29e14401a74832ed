import { expect, finish, test, writeFile } from "../support/fixtures.ts";
import { openReview } from "../support/screens.ts";

const builtin = "builtin:scaffold";

/** An answer that drops the due date, the status and their order from the model. */
const shortenedModel = `"""Tasks."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base


class Task(Base):
    """A task."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(200))
`;

// docs/images has copies of what this test writes.
test("the pictures of the README: a review, a history and a held run of a generated project", async ({
  page,
  api,
  model,
}) => {
  const shoot = (name: string) => page.screenshot({ path: `e2e/screenshots/readme-${name}.png` });
  const { runId } = await api.mutate<{ runId: string }>("generation.create", {
    prompt:
      "A task tracker: projects have a title and a description, tasks have a title, a due date and a status and belong to a project",
    projectName: "Task tracker",
    model: builtin,
  });
  const v1 = (await api.waitForRun(runId)).generationId ?? "";
  const { projectId } = await api.query<{ projectId: string }>("generation.get", { generationId: v1 });
  const iterate = async (parentGenerationId: string, prompt: string) =>
    (await api.iterate({ parentGenerationId, prompt, model: builtin })).generationId ?? "";
  const v2 = await iterate(v1, "Add a priority field to tasks");
  const v3 = await iterate(v2, "Add comments: each task has comments with a body");
  await api.mutate("generation.mark", { generationId: v2, label: "Beta", isBookmarked: true });
  await iterate(v1, "Add an owner field to projects");
  const v5 = await iterate(v3, "Add an estimate field to tasks");
  expect(await api.readHead(projectId)).toBe(v5);
  model.play({ toolCalls: [writeFile("app/models/task.py", shortenedModel), finish("Tidied the task model.")] });
  const held = await api.iterate({ parentGenerationId: v5, prompt: "Tidy the task model" });
  expect(held.status).toBe("NEEDS_REVIEW");

  await openReview(page, `/p/${projectId}/g/${v5}/review`);
  await expect(page.getByText("estimate: Mapped").first()).toBeVisible();
  await shoot("review");
  await page.goto(`/p/${projectId}/history?sel=${v5}`);
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem")).toHaveCount(5);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await shoot("history");
  await page.goto(`/p/${projectId}/runs/${held.runId}`);
  await expect(page.getByRole("heading", { name: /Needs your decision/ })).toBeVisible();
  await expect(page.locator("[data-line]").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await shoot("held");
});
