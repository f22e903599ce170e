/** Base URL of the server that serves this library. A server with a base path serves its own version of this file. */
export const SERVER_BASE_URL = "/";
