import type { GeneratedFile } from "#server/builtin/generated-file.ts";
import type { ProjectPlan } from "#server/builtin/project-plan.ts";

/** Files for installing and running the project, and its documentation. */
export function renderDeploymentFiles(plan: ProjectPlan): GeneratedFile[] {
  return [
    { path: "Dockerfile", text: dockerfile },
    { path: "docker-compose.yml", text: renderCompose(plan) },
    { path: "requirements.txt", text: requirements },
    { path: "pyproject.toml", text: pyproject },
    { path: "README.md", text: renderReadme(plan) },
    {
      path: ".env.example",
      text: `# Copy to .env. The application and the migrations read it.\nDATABASE_URL=postgresql+psycopg://postgres:postgres@localhost:5432/${plan.slug}\n`,
    },
    { path: ".gitignore", text: gitignore },
  ];
}

/** Also the result of "add a Dockerfile" for an existing FastAPI project. `appModule` is `app.main:app`. */
export function renderDockerfile({ appModule }: { appModule: string }): string {
  return `FROM python:3.13-slim

WORKDIR /srv

# Requirements first: their layer is reused until they change.
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

COPY . .

RUN useradd --system --no-create-home service
USER service

EXPOSE 8000
CMD ["uvicorn", "${appModule}", "--host", "0.0.0.0", "--port", "8000"]
`;
}

const dockerfile = renderDockerfile({ appModule: "app.main:app" });

function renderCompose({ slug }: ProjectPlan): string {
  return `services:
  database:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: postgres
      POSTGRES_DB: ${slug}
    ports:
      - "5432:5432"
    volumes:
      - database:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U postgres"]
      interval: 2s
      timeout: 2s
      retries: 30

  api:
    build: .
    command: sh -c "alembic upgrade head && uvicorn app.main:app --host 0.0.0.0 --port 8000"
    environment:
      DATABASE_URL: postgresql+psycopg://postgres:postgres@database:5432/${slug}
    ports:
      - "8000:8000"
    depends_on:
      database:
        condition: service_healthy

volumes:
  database:
`;
}

const requirements = `alembic==1.20.0
email-validator==2.3.0
fastapi==0.142.2
psycopg[binary]==3.3.6
pydantic==2.13.5
pydantic-settings==2.15.0
SQLAlchemy==2.1.1
uvicorn==0.54.0

# Tests
httpx2==2.13.1
pytest==9.1.1
`;

const pyproject = `[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["."]

[tool.ruff.lint]
extend-select = ["I", "UP", "B"]
`;

const gitignore = `__pycache__/
*.py[cod]
.venv/
.env
.pytest_cache/
.ruff_cache/
`;

function renderReadme({ title, slug }: ProjectPlan): string {
  return `# ${title}

A JSON API built with FastAPI, SQLAlchemy and PostgreSQL.

## Run it

With Docker:

\`\`\`sh
docker compose up --build
\`\`\`

Without Docker, with a PostgreSQL database named \`${slug}\`:

\`\`\`sh
python3 -m venv .venv
. .venv/bin/activate
pip install -r requirements.txt
cp .env.example .env
alembic upgrade head
uvicorn app.main:app --reload
\`\`\`

The API answers on http://localhost:8000, and http://localhost:8000/docs lists every route.

## Test it

\`\`\`sh
pytest
\`\`\`

The tests use an in-memory SQLite database, so they need no server.

## Where things are

| Path | Holds |
| --- | --- |
| \`app/models/\` | tables, one module for each entity |
| \`app/schemas/\` | what the API takes and gives |
| \`app/routers/\` | HTTP routes |
| \`app/dependencies.py\` | what routes share: the session, 404 answers |
| \`migrations/versions/\` | changes of the database, in order |

After a change to a model: \`alembic revision --autogenerate -m "what changed"\`.
`;
}
