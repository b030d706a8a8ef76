import type { JsonRecord } from '@baton/openai-shared';
import { hostedTool, type OpenAIHostedTool, type ToolAllowedCaller } from './hosted-tool.js';

/** A skill in a container: one that was uploaded, or the files themselves. */
export type ShellToolContainerSkill =
  | { readonly type: 'skill_reference'; readonly skillId: string; readonly version?: string }
  | {
      readonly type: 'inline';
      readonly name: string;
      readonly description: string;
      /** A zip archive in base64. */
      readonly source: {
        readonly type: 'base64';
        readonly mediaType: 'application/zip';
        readonly data: string;
      };
    };

/** Which hosts a container may reach. */
export type ShellToolContainerNetworkPolicy =
  | { readonly type: 'disabled' }
  | {
      readonly type: 'allowlist';
      readonly allowedDomains: readonly string[];
      /** Values that commands may use towards a host without seeing them. */
      readonly domainSecrets?: readonly {
        readonly domain: string;
        readonly name: string;
        readonly value: string;
      }[];
    };

/** A container that OpenAI makes for the conversation. */
export interface ShellToolContainerAutoEnvironment {
  readonly type: 'container_auto';
  /** Uploaded files that lie in the container; at most 50. */
  readonly fileIds?: readonly string[];
  readonly memoryLimit?: '1g' | '4g' | '16g' | '64g' | null;
  /** Default: none can be reached. */
  readonly networkPolicy?: ShellToolContainerNetworkPolicy;
  readonly skills?: readonly ShellToolContainerSkill[];
}

/** A container that is there already. */
export interface ShellToolContainerReferenceEnvironment {
  readonly type: 'container_reference';
  readonly containerId: string;
}

/** Where a shell runs that OpenAI runs. */
export type ShellToolHostedEnvironment =
  | ShellToolContainerAutoEnvironment
  | ShellToolContainerReferenceEnvironment;

/** Options of {@link hostedShellTool}. */
export interface HostedShellToolOptions {
  readonly environment: ShellToolHostedEnvironment;
  /** Default: the model only. */
  readonly allowedCallers?: readonly ToolAllowedCaller[];
}

/**
 * Lets the model run shell commands in a container at OpenAI; nothing runs here. For a shell of your own there is
 * `shellTool()`, which in `@baton/agents` takes these options too.
 *
 * @example
 * ```ts
 * import { Agent, shellTool } from '@baton/agents';
 *
 * const shell = shellTool({ environment: { type: 'container_auto', memoryLimit: '4g' } });
 * export const analyst = new Agent({ name: 'Analyst', tools: [shell] });
 * ```
 */
export function hostedShellTool(options: HostedShellToolOptions): OpenAIHostedTool {
  return hostedTool('shell', {
    type: 'shell',
    environment: toWireEnvironment(options.environment),
    allowed_callers: options.allowedCallers,
  });
}

function toWireEnvironment(environment: ShellToolHostedEnvironment): JsonRecord {
  if (environment.type === 'container_reference') {
    return { type: environment.type, container_id: environment.containerId };
  }
  const { type, fileIds, memoryLimit, networkPolicy, skills } = environment;
  return {
    type,
    ...(fileIds !== undefined && { file_ids: fileIds }),
    ...(memoryLimit !== undefined && { memory_limit: memoryLimit }),
    ...(networkPolicy !== undefined && { network_policy: toWirePolicy(networkPolicy) }),
    ...(skills !== undefined && { skills: skills.map(toWireSkill) }),
  };
}

function toWirePolicy(policy: ShellToolContainerNetworkPolicy): JsonRecord {
  if (policy.type === 'disabled') return { type: policy.type };
  return {
    type: policy.type,
    allowed_domains: policy.allowedDomains,
    ...(policy.domainSecrets !== undefined && { domain_secrets: policy.domainSecrets }),
  };
}

function toWireSkill(skill: ShellToolContainerSkill): JsonRecord {
  if (skill.type === 'skill_reference') {
    const { type, skillId, version } = skill;
    return { type, skill_id: skillId, ...(version !== undefined && { version }) };
  }
  const { type, name, description, source } = skill;
  const { mediaType, data } = source;
  return { type, name, description, source: { type: source.type, media_type: mediaType, data } };
}
