/** Set by the build to the package's version. */
declare const BATON_VERSION: string | undefined;

/** The version of this package. */
export const VERSION: string = typeof BATON_VERSION === 'string' ? BATON_VERSION : '0.0.0';
