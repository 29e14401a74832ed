import { expect, test } from "../support/fixtures.ts";
import { makeWorld } from "../support/screens.ts";

/** The accessibility tree of each screen in order: landmarks, headings, names and states. Unnamed parts may differ. */
test("each screen's accessibility tree names its content and its actions", async ({ page, api, model }) => {
  test.setTimeout(120_000);
  const { projectId, v2, v3, runs } = await makeWorld({ api, model });
  const project = `/p/${projectId}`;
  const body = page.locator("body");

  await page.goto("/");
  await expect(body).toMatchAriaSnapshot(`
    - link "Skip to content"
    - banner:
      - navigation "Main":
        - link "Projects"
        - link "New project"
        - heading "Recent" [level=2]
        - button "Search and commands"
        - link "Settings"
    - main:
      - heading "Projects" [level=1]
      - searchbox "Filter projects"
      - combobox "Order"
      - table "Projects":
        - row "Name and last prompt Active Last run Versions Cost Updated Actions"
        - row /Task tracker for a small team Tidy up the router v3 1 run waits for you 4/:
          - cell:
            - link "Task tracker for a small team"
          - cell "v3"
          - cell "1 run waits for you":
            - link "1 run waits for you"
          - cell "4"
      - region "Have a project already?":
        - heading "Have a project already?" [level=2]
        - button "Import zip or bundle"
        - textbox /^Repository/
        - checkbox "All branches"
        - button "Open repository" [disabled]
  `);

  await page.goto("/new");
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "New project" [level=1]
      - textbox "Prompt"
      - combobox "Model"
      - combobox "Mode"
      - combobox "Tech stack"
      - text: Write a prompt first.
      - button "Create project" [disabled]
      - region "Examples":
        - heading "Try one (no API key needed)" [level=2]
  `);

  await page.goto(`${project}/g/${v2}`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - region "Thread":
        - heading "Thread" [level=2]
        - button "Runs 1 waiting for you"
        - button "One line each"
        - button "Hide thread"
        - list "What happened":
          - listitem:
            - paragraph:
              - link /^v1/
          - listitem:
            - paragraph:
              - link /^v2/
          - listitem:
            - paragraph:
              - link /^v3/
          - listitem:
            - paragraph:
              - link /^v4/
          - listitem:
            - paragraph:
              - link /Do it/
          - listitem:
            - paragraph:
              - link /Tidy up the router/
        - region "Iterate":
          - paragraph: From v2, not the active v3. This starts a branch; v3 stays active.
          - group "What to do":
            - radio "Change" [checked]
            - radio "Plan first"
            - radio "Ask"
          - textbox "What should change"
          - combobox "Model"
          - combobox "Mode"
          - button "Iterate" [disabled]
      - navigation "Project":
        - link "Changes"
        - link "Files"
        - link "Schema"
        - link "Checks"
        - link "Preview"
        - link "Details"
        - link "History"
      - paragraph: You are viewing v2. Active is v3.
      - heading "v2 from v1" [level=1]
      - link "Review changes"
      - button "Roll back to this"
      - link "Download zip"
      - button "More for v2"
      - region "Changed files":
        - heading "Changed files" [level=2]
        - list "Changed files":
          - listitem:
            - link "modified src/lib/format-date.ts 2 lines added 2 lines deleted"
          - listitem:
            - link "added src/server/routes/projects.ts 60 lines added 0 lines deleted"
      - region "About this version":
        - heading "About this version" [level=2]
  `);

  await page.goto(`${project}/g/${v2}/files/src/server/router.ts`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "Files of v2" [level=1]
      - navigation "Files":
        - textbox "Find a file"
        - list
      - region "src/server/router.ts":
        - heading "src/server/router.ts" [level=2]
        - group "View":
          - button "Code" [pressed]
          - button "Blame"
          - button "History"
        - link "Edit"
        - region "Text of src/server/router.ts"
  `);

  await page.goto(`${project}/g/${v2}/schema?view=list`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "Schema of v2" [level=1]
      - region "Tables":
        - region "Project, Prisma":
          - heading "Project" [level=3]
          - table:
            - rowgroup:
              - row "Field Type Notes Line"
            - rowgroup:
              - row /id String primary key/
  `);

  await page.goto(`${project}/g/${v3}/review`);
  await expect(page.getByRole("region", { name: "Differences of v3 against v2" })).toBeVisible();
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "Review of v3 against v2" [level=1]
      - 'button "Base: v2, parent"'
      - button "Swap base and head"
      - 'button "Head: v3, active"'
      - text: /10 files/
      - progressbar "Viewed files"
      - button "View"
      - button "Split"
      - button "Find"
      - button "Iterate"
      - navigation "Files of this comparison":
        - textbox "Filter files"
        - combobox "Order of files"
        - group "Show only":
          - button "added"
          - button "7 unviewed"
        - list:
          - listitem:
            - button "modified package-lock.json 2 lines added 1 line deleted"
          - listitem:
            - button "modified public/logo.bin"
          - listitem:
            - button "moved src/lib/new-name.ts"
      - region "Differences of v3 against v2":
        - button "Unfold package-lock.json"
        - heading "package-lock.json" [level=2]
        - button "Keep old"
        - checkbox "Viewed"
        - heading "public/logo.bin" [level=2]
  `);

  await page.goto(`${project}/history`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "History" [level=1]
      - search "Versions":
        - searchbox "Filter versions"
        - combobox "Kind"
        - combobox "Checks"
        - switch "Bookmarked"
        - switch "Only this branch"
        - switch "Hide other branches"
      - status: 4 versions
      - button "Compare" [disabled]
      - list "Versions":
        - listitem:
          - checkbox "Compare v4"
          - link "v4"
          - text: /manual edit.*2 lines added.*checks passed.*child of v1, branch 2 of 2/
          - button "Bookmark v4"
          - button "Actions for v4"
        - listitem:
          - checkbox "Compare v3"
          - link "v3"
          - text: /active.*child of v2/
  `);

  await page.goto(`${project}/runs`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - link "1 run waits for you"
      - heading "Runs" [level=1]
      - table "Runs":
        - row "Status Prompt Version Model Started Time Tokens Cost"
        - row /Needs your decision Tidy up the router no version/:
          - cell "Needs your decision"
          - cell "Tidy up the router":
            - link "Tidy up the router"
        - row /Failed Do it .+ no version/
        - row /Done Add routes for projects.* v2/:
          - cell "Done"
          - cell:
            - link /Add routes for projects/
          - cell "v2":
            - link "v2"
          - cell "compatible:scripted"
  `);

  await page.goto(`${project}/runs/${runs.done}`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "Iteration on v1" [level=1]
      - region "v2 is stored":
        - heading "v2 is stored" [level=2]
        - link "Review changes"
        - list "Changed files"
      - status: Done
      - list "Stages":
        - listitem: /Read parent .* done/
      - region "2 files":
        - heading "2 files" [level=2]
      - region "Checks":
        - heading "Checks" [level=2]
        - list "Checks":
          - listitem: /Syntax passed/
          - listitem: /Placeholders for code passed/
          - listitem: /Cut-off files passed/
          - listitem: /Shrunk rewrites passed/
          - listitem: /Shrunk by edits not applicable/
          - listitem: /Lost declarations passed/
          - listitem: /Imports passed/
      - region "Usage":
        - heading "Usage" [level=2]
  `);

  await page.goto(`${project}/runs/${runs.held}`);
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - 'region "Needs your decision: code may have been lost"':
        - paragraph: No version was made; v3 is unchanged. Decide on each file, or change the prompt and run it again.
        - region "What the run holds":
          - navigation "Changes by cause":
            - button "2 changes"
            - button "Take all"
            - button "Keep all old"
            - region /./:
              - group /^Decision on all/:
                - radio "Keep old" [checked]
                - radio "Take new"
              - list:
                - listitem:
                  - button "modified src/server/router.ts, Keep old"
          - 'region "Differences: What the run holds"':
            - heading "src/server/router.ts" [level=2]
            - group "Decision on src/server/router.ts":
              - radio "Keep old" [checked]
              - radio "Take new"
              - radio "Ask again"
          - region "Result":
            - status: /Result. 1 of 2 changes taken/
            - button /Save as v[0-9]+/
      - status: Needs your decision
  `);

  await page.goto("/settings");
  await expect(body).toMatchAriaSnapshot(`
    - main:
      - heading "Settings" [level=1]
      - region "Models":
        - list "Provider keys":
          - listitem:
            - text: Anthropic
            - code: ANTHROPIC_API_KEY
            - text: missing
            - button "Paste the key of Anthropic"
        - combobox "Model for new prompts, in this browser"
        - list "Models"
      - region "Appearance":
        - combobox "Theme"
        - combobox "Code size"
        - combobox "Tab width"
        - combobox "Lines of code"
        - switch "No motion"
      - region "Reviews":
        - combobox "View"
      - region "Keyboard":
        - switch "Single-key shortcuts" [checked]
        - combobox "Key"
        - textbox "New key"
  `);
});
