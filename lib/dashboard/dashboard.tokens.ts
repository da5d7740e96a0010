/** The options as they were handed in. */
export const DASHBOARD_GIVEN = 'TASQUEUE_DASHBOARD_GIVEN';

/** The options as they hold. */
export const DASHBOARD_SETTINGS = 'TASQUEUE_DASHBOARD_SETTINGS';

/** The built pages: a folder with `index.html`. */
export const DASHBOARD_PAGES = 'TASQUEUE_DASHBOARD_PAGES';

/** The controller, whose routes are named when the server is known. */
export const DASHBOARD_CONTROLLER = 'TASQUEUE_DASHBOARD_CONTROLLER';
