import type { Install } from "#server/core/checks/plan-installs.ts";
import type { PackageRegistries } from "./package-registries.ts";

/** The host from which pypi.org serves the listed files. */
const pypiFiles = new URL("https://files.pythonhosted.org/");

type InstallCommand = { command: string; env: Record<string, string>; registries: URL[] };

/** Package scripts never run. What a script would have built is missing afterwards, and the check reports that. */
export function buildInstallCommand({
  install: { tool, inputs, isLocked },
  registries,
}: {
  install: Install;
  registries: PackageRegistries;
}): InstallCommand {
  if (tool === "pip") return buildPipCommand({ inputs, registries });
  const common = {
    npm_config_registry: registries.npm.href,
    npm_config_replace_registry_host: "always",
    npm_config_userconfig: "/dev/null",
    npm_config_cache: "/tmp/packages",
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
    // By default it waits minutes for an unreachable registry.
    npm_config_fetch_retries: "1",
    npm_config_fetch_retry_mintimeout: "1000",
    npm_config_fetch_timeout: "60000",
    YARN_REGISTRY: registries.npm.href,
    CI: "1",
  };
  const commands = {
    npm: isLocked
      ? "npm ci --ignore-scripts --loglevel=error"
      : "npm install --ignore-scripts --no-package-lock --loglevel=error",
    pnpm: "pnpm install --frozen-lockfile --ignore-scripts --store-dir /tmp/store --package-import-method copy",
    yarn: "yarn install --frozen-lockfile --ignore-scripts --non-interactive",
  };
  return { command: `${commands[tool]} && mkdir -p node_modules`, env: common, registries: [registries.npm] };
}

function buildPipCommand({
  inputs,
  registries,
}: {
  inputs: readonly string[];
  registries: PackageRegistries;
}): InstallCommand {
  const files = inputs.map((path) => `-r ${path.slice(path.lastIndexOf("/") + 1)}`);
  const list = inputs.some((path) => path.endsWith("pyproject.toml")) ? "-r .graft-requirements.txt" : files.join(" ");
  return {
    command: `python3 -m venv .venv && .venv/bin/python -m pip install --only-binary :all: --no-input -q ${list}`,
    env: {
      PIP_INDEX_URL: registries.python.href,
      PIP_DISABLE_PIP_VERSION_CHECK: "1",
      PIP_CACHE_DIR: "/tmp/pip",
      PIP_RETRIES: "1",
      PIP_CONFIG_FILE: "/dev/null",
    },
    registries: [registries.python, ...(registries.python.hostname === "pypi.org" ? [pypiFiles] : [])],
  };
}
