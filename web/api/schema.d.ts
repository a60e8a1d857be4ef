/** Written by server/api/write-web-types.ts. */
export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signIn"];
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/by-token/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["editMe"];
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["editUser"];
        trace?: never;
    };
    "/api/users/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["makeResetLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listInvitations"];
        put?: never;
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSettings"];
        put: operations["saveSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/readers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReaders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCases"];
        put?: never;
        post: operations["createCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["createDemoCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/by-number": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["findByNumber"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeCase"];
        trace?: never;
    };
    "/api/cases/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["watchCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPatients"];
        put?: never;
        post: operations["createPatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPatient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changePatient"];
        trace?: never;
    };
    "/api/patients/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["archivePatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["unarchivePatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPatientHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/follow-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getFollowUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["previewMerge"];
        put?: never;
        post: operations["mergePatients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMerges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["undoMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/import/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["checkRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["importRows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listFaults"];
        put?: never;
        post?: never;
        delete: operations["clearFaults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeField"];
        options?: never;
        head?: never;
        patch: operations["changeField"];
        trace?: never;
    };
    "/api/fields/{id}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getFieldImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/analyses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAnalyses"];
        put?: never;
        post: operations["startAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analyses/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancelAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analyses/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["retryAnalysis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cells/{id}/crop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCrop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/differential": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDifferential"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/manual-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getManualCount"];
        put: operations["putManualCount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/cells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listChanges"];
        put?: never;
        post: operations["changeCells"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fields/{id}/cells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["addCell"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSignatures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/addenda": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["addAddendum"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    getState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        needsSetup: boolean;
                        registration: "invitation" | "open";
                        version: string;
                        intendedUse: string;
                    };
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    email: string;
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        locale: "en" | "zh";
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "users.manage" | "settings.manage")[];
                    };
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        locale: "en" | "zh";
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "users.manage" | "settings.manage")[];
                    };
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string | null;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                    };
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token?: string;
                    email: string;
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        locale: "en" | "zh";
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "users.manage" | "settings.manage")[];
                    };
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        locale: "en" | "zh";
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "users.manage" | "settings.manage")[];
                    };
                };
            };
        };
    };
    editMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    locale?: "en" | "zh";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        locale: "en" | "zh";
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "users.manage" | "settings.manage")[];
                    };
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    next: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        current: boolean;
                        ip: string;
                        userAgent: string;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        lastSeenAt: number;
                    }[];
                };
            };
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        disabled: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    editUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                    /** @enum {unknown} */
                    role?: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        disabled: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    makeResetLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        link: string;
                        /** @description ms since 1970, UTC */
                        expiresAt: number;
                    };
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        email: string | null;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        expiresAt: number;
                    }[];
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email?: string;
                    /** @enum {unknown} */
                    role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        link: string;
                        /** @description ms since 1970, UTC */
                        expiresAt: number;
                    };
                };
            };
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        registration: "invitation" | "open";
                        target: 200 | 300 | 500;
                        version: number;
                    };
                };
            };
        };
    };
    saveSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    registration: "invitation" | "open";
                    target: 200 | 300 | 500;
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        registration: "invitation" | "open";
                        target: 200 | 300 | 500;
                        version: number;
                    };
                };
            };
        };
    };
    listReaders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        name: string;
                        /** @enum {unknown} */
                        role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                    }[];
                };
            };
        };
    };
    listCases: {
        parameters: {
            query?: {
                search?: string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description whose cases */
                reader?: "me" | "none" | string;
                archived?: boolean;
                order?: "newest" | "oldest";
                /** @description `next` of the page before */
                after?: string;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description UUIDv7 */
                            id: string;
                            marrowNumber: string;
                            /** @description UUIDv7 */
                            patientId: string;
                            patient: {
                                hospitalNumber: string;
                                name: string;
                                sex: "female" | "male" | "unknown";
                                birthDate: string | null;
                            };
                            site: string;
                            stain: string;
                            /** @description what the clinic thinks it is */
                            diagnosis: string;
                            clinicalNote: string;
                            receivedOn: string;
                            target: number;
                            /** @enum {unknown} */
                            countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                            /** @enum {unknown} */
                            meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                            /** @enum {unknown} */
                            status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            readerId: string | null;
                            readerName: string | null;
                            synthetic: boolean;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                            /** @description ms since 1970, UTC */
                            updatedAt: number;
                            fields: number;
                            cells: number;
                            reviewed: number;
                            /** @description cells that no person has settled and the model is unsure of */
                            doubtful: number;
                            blast: {
                                percent: number;
                                low: number;
                                high: number;
                            } | null;
                        }[];
                        /** @description how many there are in all; where `more`, at least so many */
                        total: number;
                        /** @description there are more than `total` */
                        more: boolean;
                        next: string | null;
                    };
                };
            };
        };
    };
    createCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    marrowNumber: string;
                    patient: {
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                    };
                    /** @description UUIDv7 */
                    patientId?: string;
                    site?: string;
                    stain?: string;
                    /** @description what the clinic thinks it is */
                    diagnosis?: string;
                    clinicalNote?: string;
                    receivedOn?: string;
                    target?: number;
                    /** @enum {unknown} */
                    countingRule?: "icsh_2008" | "chinese_report" | "partial_2008";
                    /** @enum {unknown} */
                    meRule?: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        marrowNumber: string;
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        receivedOn: string;
                        target: number;
                        /** @enum {unknown} */
                        countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                        /** @enum {unknown} */
                        meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                    };
                };
            };
        };
    };
    createDemoCase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        marrowNumber: string;
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        receivedOn: string;
                        target: number;
                        /** @enum {unknown} */
                        countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                        /** @enum {unknown} */
                        meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                    };
                };
            };
        };
    };
    findByNumber: {
        parameters: {
            query: {
                number: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        caseId: string | null;
                        patientId: string | null;
                    };
                };
            };
        };
    };
    getCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        marrowNumber: string;
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        receivedOn: string;
                        target: number;
                        /** @enum {unknown} */
                        countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                        /** @enum {unknown} */
                        meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                    };
                };
            };
        };
    };
    changeCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                    readerId?: string | null;
                    patient?: {
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                    };
                    site?: string;
                    stain?: string;
                    /** @description what the clinic thinks it is */
                    diagnosis?: string;
                    clinicalNote?: string;
                    receivedOn?: string;
                    target?: number;
                    /** @enum {unknown} */
                    countingRule?: "icsh_2008" | "chinese_report" | "partial_2008";
                    /** @enum {unknown} */
                    meRule?: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        marrowNumber: string;
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        receivedOn: string;
                        target: number;
                        /** @enum {unknown} */
                        countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                        /** @enum {unknown} */
                        meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                    };
                };
            };
        };
    };
    watchCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
        };
    };
    listPatients: {
        parameters: {
            query?: {
                search?: string;
                archived?: boolean;
                /** @description `next` of the page before */
                after?: string;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description UUIDv7 */
                            id: string;
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            /** @description how the name sounds, without tones, joined */
                            pinyin: string;
                            initials: string;
                            archived: boolean;
                            mergedInto: string | null;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                            cases: number;
                            lastReceivedOn: string | null;
                        }[];
                        /** @description how many there are in all; where `more`, at least so many */
                        total: number;
                        /** @description there are more than `total` */
                        more: boolean;
                        next: string | null;
                    };
                };
            };
        };
    };
    createPatient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    hospitalNumber: string;
                    name: string;
                    sex: "female" | "male" | "unknown";
                    birthDate: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    getPatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        cases: {
                            /** @description UUIDv7 */
                            id: string;
                            marrowNumber: string;
                            /** @description UUIDv7 */
                            patientId: string;
                            patient: {
                                hospitalNumber: string;
                                name: string;
                                sex: "female" | "male" | "unknown";
                                birthDate: string | null;
                            };
                            site: string;
                            stain: string;
                            /** @description what the clinic thinks it is */
                            diagnosis: string;
                            clinicalNote: string;
                            receivedOn: string;
                            target: number;
                            /** @enum {unknown} */
                            countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                            /** @enum {unknown} */
                            meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                            /** @enum {unknown} */
                            status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            readerId: string | null;
                            readerName: string | null;
                            synthetic: boolean;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                            /** @description ms since 1970, UTC */
                            updatedAt: number;
                            fields: number;
                            cells: number;
                            reviewed: number;
                            /** @description cells that no person has settled and the model is unsure of */
                            doubtful: number;
                            blast: {
                                percent: number;
                                low: number;
                                high: number;
                            } | null;
                        }[];
                    };
                };
            };
        };
    };
    changePatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                    hospitalNumber?: string;
                    name?: string;
                    sex?: "female" | "male" | "unknown";
                    birthDate?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    archivePatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    unarchivePatient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    getPatientHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                        userName: string | null;
                        /** @enum {unknown} */
                        kind: "edit" | "archive" | "unarchive" | "merge" | "unmerge" | "import";
                        changes: {
                            [key: string]: (string | boolean | null)[];
                        };
                    }[];
                };
            };
        };
    };
    getFollowUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notice: string;
                        points: {
                            /** @description UUIDv7 */
                            caseId: string;
                            marrowNumber: string;
                            receivedOn: string;
                            signed: boolean;
                            /** @description the counting rule */
                            rule: string;
                            counted: number;
                            blast: {
                                count: number;
                                percent: number | null;
                                low: number | null;
                                high: number | null;
                            } | null;
                            lineages: {
                                granulocytic: {
                                    count: number;
                                    percent: number | null;
                                    low: number | null;
                                    high: number | null;
                                };
                                erythroid: {
                                    count: number;
                                    percent: number | null;
                                    low: number | null;
                                    high: number | null;
                                };
                                monocytic: {
                                    count: number;
                                    percent: number | null;
                                    low: number | null;
                                    high: number | null;
                                };
                                lymphoid: {
                                    count: number;
                                    percent: number | null;
                                    low: number | null;
                                    high: number | null;
                                };
                                plasma_cell: {
                                    count: number;
                                    percent: number | null;
                                    low: number | null;
                                    high: number | null;
                                };
                            };
                        }[];
                    };
                };
            };
        };
    };
    previewMerge: {
        parameters: {
            query: {
                /** @description UUIDv7 */
                other: string;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kept: {
                            /** @description UUIDv7 */
                            id: string;
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            /** @description how the name sounds, without tones, joined */
                            pinyin: string;
                            initials: string;
                            archived: boolean;
                            mergedInto: string | null;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                        };
                        other: {
                            /** @description UUIDv7 */
                            id: string;
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            /** @description how the name sounds, without tones, joined */
                            pinyin: string;
                            initials: string;
                            archived: boolean;
                            mergedInto: string | null;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                        };
                        cases: {
                            /** @description UUIDv7 */
                            id: string;
                            marrowNumber: string;
                            receivedOn: string;
                        }[];
                        /** @description what the kept patient takes over, because it lacks it */
                        fills: {
                            [key: string]: string;
                        };
                    };
                };
            };
        };
    };
    mergePatients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                    /** @description UUIDv7 */
                    otherId: string;
                    /** @description counts up with every change */
                    otherVersion: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    listMerges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @description UUIDv7 */
                        keptId: string;
                        /** @description UUIDv7 */
                        mergedId: string;
                        mergedName: string;
                        mergedNumber: string;
                        cases: number;
                        /** @description ms since 1970, UTC */
                        at: number;
                        userName: string | null;
                        undoneAt: number | null;
                    }[];
                };
            };
        };
    };
    undoMerge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        hospitalNumber: string;
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        /** @description how the name sounds, without tones, joined */
                        pinyin: string;
                        initials: string;
                        archived: boolean;
                        mergedInto: string | null;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    checkRows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rows: {
                        /** @description its number in the file; answered with its faults */
                        row: number;
                        name: string;
                        sex: string;
                        birthDate: string;
                        hospitalNumber: string;
                        marrowNumber: string;
                        site: string;
                        receivedOn: string;
                        diagnosis: string;
                        clinicalNote: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faults: {
                            row: number;
                            /** @enum {unknown} */
                            field: "name" | "sex" | "birthDate" | "hospitalNumber" | "marrowNumber" | "site" | "receivedOn" | "diagnosis" | "clinicalNote";
                            /** @enum {unknown} */
                            code: "NAME_MISSING" | "TOO_LONG" | "NOT_TEXT" | "SEX_NOT_KNOWN" | "DATE_IMPOSSIBLE" | "DATE_IN_FUTURE" | "BORN_AFTER_RECEIVED" | "OTHER_NAME" | "OTHER_PERSON" | "MARROW_NUMBER_TAKEN" | "ROW_TWICE";
                            /** @description what stands there, or what contradicts it; shortened */
                            found: string;
                        }[];
                        /** @description new */
                        patients: number;
                        /** @description new */
                        cases: number;
                        /** @description rows that say nothing new */
                        known: number;
                        /** @description patients that took over what they lacked */
                        completed: number;
                    };
                };
            };
        };
    };
    importRows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rows: {
                        /** @description its number in the file; answered with its faults */
                        row: number;
                        name: string;
                        sex: string;
                        birthDate: string;
                        hospitalNumber: string;
                        marrowNumber: string;
                        site: string;
                        receivedOn: string;
                        diagnosis: string;
                        clinicalNote: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        faults: {
                            row: number;
                            /** @enum {unknown} */
                            field: "name" | "sex" | "birthDate" | "hospitalNumber" | "marrowNumber" | "site" | "receivedOn" | "diagnosis" | "clinicalNote";
                            /** @enum {unknown} */
                            code: "NAME_MISSING" | "TOO_LONG" | "NOT_TEXT" | "SEX_NOT_KNOWN" | "DATE_IMPOSSIBLE" | "DATE_IN_FUTURE" | "BORN_AFTER_RECEIVED" | "OTHER_NAME" | "OTHER_PERSON" | "MARROW_NUMBER_TAKEN" | "ROW_TWICE";
                            /** @description what stands there, or what contradicts it; shortened */
                            found: string;
                        }[];
                        /** @description new */
                        patients: number;
                        /** @description new */
                        cases: number;
                        /** @description rows that say nothing new */
                        known: number;
                        /** @description patients that took over what they lacked */
                        completed: number;
                    };
                };
            };
        };
    };
    listFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        number: number;
                        fileName: string;
                        width: number;
                        height: number;
                        bytes: number;
                        umPerPixel: number | null;
                        scaleSource: ("given" | "metadata" | "estimated") | null;
                        warnings: string[];
                        status: "waiting" | "analysed" | "failed";
                        error: string | null;
                        /** @description counts up with every change */
                        version: number;
                    }[];
                };
            };
        };
    };
    listFaults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        fileName: string;
                        code: string;
                        message: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                    }[];
                };
            };
        };
    };
    clearFaults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeField: {
        parameters: {
            query?: {
                force?: boolean;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                    umPerPixel: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        number: number;
                        fileName: string;
                        width: number;
                        height: number;
                        bytes: number;
                        umPerPixel: number | null;
                        scaleSource: ("given" | "metadata" | "estimated") | null;
                        warnings: string[];
                        status: "waiting" | "analysed" | "failed";
                        error: string | null;
                        /** @description counts up with every change */
                        version: number;
                    };
                };
            };
        };
    };
    getFieldImage: {
        parameters: {
            query?: {
                width?: number;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": unknown;
                };
            };
        };
    };
    listAnalyses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @enum {unknown} */
                        status: "queued" | "running" | "done" | "cancelled" | "failed";
                        /** @description fields */
                        total: number;
                        /** @description fields */
                        done: number;
                        cells: number;
                        /** @description 0..1, the field in work counted in part */
                        share: number;
                        secondsLeft: number | null;
                        models: {
                            detector: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                            recogniser: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                        } | null;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        startedAt: number | null;
                        finishedAt: number | null;
                    }[];
                };
            };
        };
    };
    startAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fieldIds?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @enum {unknown} */
                        status: "queued" | "running" | "done" | "cancelled" | "failed";
                        /** @description fields */
                        total: number;
                        /** @description fields */
                        done: number;
                        cells: number;
                        /** @description 0..1, the field in work counted in part */
                        share: number;
                        secondsLeft: number | null;
                        models: {
                            detector: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                            recogniser: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                        } | null;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        startedAt: number | null;
                        finishedAt: number | null;
                    };
                };
            };
        };
    };
    cancelAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @enum {unknown} */
                        status: "queued" | "running" | "done" | "cancelled" | "failed";
                        /** @description fields */
                        total: number;
                        /** @description fields */
                        done: number;
                        cells: number;
                        /** @description 0..1, the field in work counted in part */
                        share: number;
                        secondsLeft: number | null;
                        models: {
                            detector: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                            recogniser: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                        } | null;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        startedAt: number | null;
                        finishedAt: number | null;
                    };
                };
            };
        };
    };
    retryAnalysis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @enum {unknown} */
                        status: "queued" | "running" | "done" | "cancelled" | "failed";
                        /** @description fields */
                        total: number;
                        /** @description fields */
                        done: number;
                        cells: number;
                        /** @description 0..1, the field in work counted in part */
                        share: number;
                        secondsLeft: number | null;
                        models: {
                            detector: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                            recogniser: {
                                name: string;
                                version: string;
                                sha256: string;
                            };
                        } | null;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        startedAt: number | null;
                        finishedAt: number | null;
                    };
                };
            };
        };
    };
    getCrop: {
        parameters: {
            query?: {
                size?: number;
                um?: number;
                v?: number;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": unknown;
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getDifferential: {
        parameters: {
            query?: {
                basis?: "all" | "reviewed" | "manual";
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description what the numbers may be used for */
                        notice: string;
                        rule: string;
                        counted: number;
                        notCounted: number;
                        byType: {
                            [key: string]: {
                                count: number;
                                percent: number | null;
                                low: number | null;
                                high: number | null;
                            };
                        };
                        meRatio: {
                            rule: string;
                            numerator: number;
                            denominator: number;
                            value: number | null;
                        };
                    };
                };
            };
        };
    };
    getManualCount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            blast?: number;
                            promyelocyte?: number;
                            myelocyte?: number;
                            metamyelocyte?: number;
                            band_neutrophil?: number;
                            segmented_neutrophil?: number;
                            eosinophil?: number;
                            basophil?: number;
                            monocyte?: number;
                            lymphocyte?: number;
                            plasma_cell?: number;
                            erythroblast?: number;
                        };
                        /** @description 0 when nothing was counted yet */
                        version: number;
                    };
                };
            };
        };
    };
    putManualCount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    counts: {
                        blast?: number;
                        promyelocyte?: number;
                        myelocyte?: number;
                        metamyelocyte?: number;
                        band_neutrophil?: number;
                        segmented_neutrophil?: number;
                        eosinophil?: number;
                        basophil?: number;
                        monocyte?: number;
                        lymphocyte?: number;
                        plasma_cell?: number;
                        erythroblast?: number;
                    };
                    /** @description 0 when nothing was counted yet */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            blast?: number;
                            promyelocyte?: number;
                            myelocyte?: number;
                            metamyelocyte?: number;
                            band_neutrophil?: number;
                            segmented_neutrophil?: number;
                            eosinophil?: number;
                            basophil?: number;
                            monocyte?: number;
                            lymphocyte?: number;
                            plasma_cell?: number;
                            erythroblast?: number;
                        };
                        /** @description 0 when nothing was counted yet */
                        version: number;
                    };
                };
            };
        };
    };
    listCells: {
        parameters: {
            query?: {
                /** @description ms since 1970, UTC */
                since?: number;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cells: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            fieldId: string;
                            /** @description pixels of the original image */
                            box: {
                                x: number;
                                y: number;
                                width: number;
                                height: number;
                            };
                            detection: number;
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            suggested: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            probability: number;
                            /** @description 13 numbers in the types' order, 0..1 */
                            probabilities: number[];
                            /** @description [x, y] in pixels of the original */
                            regions: number[][];
                            touchesEdge: boolean;
                            origin: "model" | "person";
                            reviewed: boolean;
                            deleted: boolean;
                            /** @description counts up with every change */
                            version: number;
                        }[];
                        /** @description give it as `since` to hear what changed after this answer */
                        at: number;
                    };
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                        /** @description UUIDv7 */
                        userId: string;
                        userName: string;
                        changes: {
                            /** @description UUIDv7 */
                            cellId: string;
                            before: unknown;
                            after: unknown;
                        }[];
                    }[];
                };
            };
        };
    };
    changeCells: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    changes: {
                        /** @description UUIDv7 */
                        id: string;
                        /** @description counts up with every change */
                        version: number;
                        set: {
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            reviewed?: boolean;
                            deleted?: boolean;
                            /** @description pixels of the original image */
                            box?: {
                                x: number;
                                y: number;
                                width: number;
                                height: number;
                            };
                        };
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cells: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            fieldId: string;
                            /** @description pixels of the original image */
                            box: {
                                x: number;
                                y: number;
                                width: number;
                                height: number;
                            };
                            detection: number;
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            suggested: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            probability: number;
                            /** @description 13 numbers in the types' order, 0..1 */
                            probabilities: number[];
                            /** @description [x, y] in pixels of the original */
                            regions: number[][];
                            touchesEdge: boolean;
                            origin: "model" | "person";
                            reviewed: boolean;
                            deleted: boolean;
                            /** @description counts up with every change */
                            version: number;
                        }[];
                        /** @description give it as `since` to hear what changed after this answer */
                        at: number;
                    };
                };
            };
        };
    };
    addCell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description pixels of the original image */
                    box: {
                        x: number;
                        y: number;
                        width: number;
                        height: number;
                    };
                    /**
                     * @description one of the 12 types, or not_identifiable
                     * @enum {unknown}
                     */
                    type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        /** @description UUIDv7 */
                        fieldId: string;
                        /** @description pixels of the original image */
                        box: {
                            x: number;
                            y: number;
                            width: number;
                            height: number;
                        };
                        detection: number;
                        /**
                         * @description one of the 12 types, or not_identifiable
                         * @enum {unknown}
                         */
                        type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                        /**
                         * @description one of the 12 types, or not_identifiable
                         * @enum {unknown}
                         */
                        suggested: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                        probability: number;
                        /** @description 13 numbers in the types' order, 0..1 */
                        probabilities: number[];
                        /** @description [x, y] in pixels of the original */
                        regions: number[][];
                        touchesEdge: boolean;
                        origin: "model" | "person";
                        reviewed: boolean;
                        deleted: boolean;
                        /** @description counts up with every change */
                        version: number;
                    };
                };
            };
        };
    };
    getChecks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: "UNIDENTIFIED_LEFT" | "UNREVIEWED_LEFT" | "BELOW_TARGET" | "NOTHING_COUNTED" | "ANALYSIS_RUNNING";
                        blocking: boolean;
                        /** @description how many cells or analyses are left; how many cells lack to the target */
                        count: number;
                    }[];
                };
            };
        };
    };
    signCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description counts up with every change */
                    version: number;
                    password: string;
                    accepted: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        marrowNumber: string;
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            hospitalNumber: string;
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        receivedOn: string;
                        target: number;
                        /** @enum {unknown} */
                        countingRule: "icsh_2008" | "chinese_report" | "partial_2008";
                        /** @enum {unknown} */
                        meRule: "me_icsh_2008" | "me_icsh_2008_with_blasts" | "ge" | "ge_with_blasts" | "me_partial_2008";
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                    };
                };
            };
        };
    };
    listSignatures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        kind: "signature" | "addendum";
                        /** @description UUIDv7 */
                        userId: string;
                        userName: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                        text: string;
                        sha256: string;
                        /** @description the content and the hash before it are what was hashed */
                        intact: boolean;
                    }[];
                };
            };
        };
    };
    addAddendum: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description UUIDv7 */
                        id: string;
                        kind: "signature" | "addendum";
                        /** @description UUIDv7 */
                        userId: string;
                        userName: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                        text: string;
                        sha256: string;
                        /** @description the content and the hash before it are what was hashed */
                        intact: boolean;
                    };
                };
            };
        };
    };
}
