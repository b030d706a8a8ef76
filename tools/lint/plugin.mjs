// Baton's own rules for packages/*/src, where oxlint has none.
// `tools/check-rules.mjs` plants a violation of each and sees it reported.

/** State that outlives a call is a field of an object somebody owns. */
const noModuleState = {
  create(context) {
    const report = (node) =>
      context.report({
        node,
        message: `Module-level \`${node.kind}\` is shared by every run in the process. Make it a const, or a field of the object that owns it.`,
      });
    return {
      'Program > VariableDeclaration[kind=/^(let|var)$/]': report,
      'Program > ExportNamedDeclaration > VariableDeclaration[kind=/^(let|var)$/]': report,
      NewExpression(node) {
        if (!/^Weak(Map|Set|Ref)$/.test(node.callee.name)) return;
        context.report({
          node,
          message: `${node.callee.name} hides state beside the object it belongs to. Make it a field; what a run must remember is a field of RunState.`,
        });
      },
    };
  },
};

/** An index file is the list of what is public, by name. */
const noExportStar = {
  create: (context) => ({
    ExportAllDeclaration(node) {
      context.report({ node, message: 'Name what is exported instead of `export *`.' });
    },
  }),
};

/** A cast is a last resort, and says why it is safe. */
const explainedCast = {
  create(context) {
    const check = (node) => {
      const { start, end } = node.loc;
      const explained = context.sourceCode
        .getAllComments()
        .some(({ loc }) => loc.end.line >= start.line - 1 && loc.start.line <= end.line);
      if (explained) return;
      const what = context.sourceCode.getText(node).replace(/\s+/g, ' ').slice(0, 60);
      context.report({
        node,
        message: `\`${what}\` needs its reason in a comment on this line or the one before. Better: narrow the type without it.`,
      });
    };
    return {
      TSAsExpression(node) {
        if (context.sourceCode.getText(node.typeAnnotation) !== 'const') check(node);
      },
      TSTypeAssertion: check,
      TSNonNullExpression: check,
      TSAnyKeyword: check,
    };
  },
};

export default {
  meta: { name: 'baton' },
  rules: {
    'no-module-state': noModuleState,
    'no-export-star': noExportStar,
    'explained-cast': explainedCast,
  },
};
