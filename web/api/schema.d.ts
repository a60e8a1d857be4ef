/** Written by server/write-web-types.ts. */
export interface paths {
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
    "/api/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listLinks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["withdrawLink"];
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
        get?: never;
        put?: never;
        post: operations["invite"];
        delete?: never;
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
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["readAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAuditChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAuditChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/chain/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/api/administration/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSiteHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/administration/clock/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["confirmClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/administration/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getStorageUsed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/administration/storage/measurement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["measureStorage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/administration/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getModelsInUse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/administration/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["countPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancelJob"];
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
    "/api/cases/{id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stillHere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/cases/{id}/slides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSlides"];
        put?: never;
        post: operations["addSlide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/slides/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeSlide"];
        options?: never;
        head?: never;
        patch: operations["renameSlide"];
        trace?: never;
    };
    "/api/scale-profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listScaleProfiles"];
        put?: never;
        post: operations["addScaleProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scale-profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["changeScaleProfile"];
        post?: never;
        delete: operations["removeScaleProfile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listUnfinishedUploads"];
        put?: never;
        post?: never;
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
    "/api/slides/{id}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["decideScaleOfSlide"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/cell-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCellNames"];
        put: operations["saveCellNames"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cell-names/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCellNameVersions"];
        put?: never;
        post?: never;
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
    "/api/cells/{id}/measurements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["measureCell"];
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
    "/api/cases/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listComments"];
        put?: never;
        post: operations["addComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cells/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCell"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cells/{id}/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSimilarCells"];
        put?: never;
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
    "/api/references": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/references/{id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReferencePicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cells/{id}/references": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listNearReferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/unlike-type": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listUnlikeCells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cells/{id}/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["keepReference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/references/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeReference"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reference-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReferenceSets"];
        put?: never;
        post: operations["openReferenceSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reference-sets/{id}/cells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["addToReferenceSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reference-sets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["removeReferenceSet"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/second-readings/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["markReadingsSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/second-readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReadings"];
        put?: never;
        post: operations["assignReading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/second-readings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["withdrawReading"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/second-readings/{id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["finishReading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/second-readings/{id}/cells": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReadingCells"];
        put?: never;
        post?: never;
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
    "/api/reference-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listReferenceTables"];
        put?: never;
        post: operations["saveReferenceTable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reference-tables/{id}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["chooseReferenceTable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reference-tables/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["confirmReferenceTable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phrases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPhrases"];
        put?: never;
        post: operations["addPhrase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/phrases/{id}": {
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
        patch: operations["changePhrase"];
        trace?: never;
    };
    "/api/report-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReportSettings"];
        put: operations["saveReportSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report-settings/logos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["addLogo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/report-settings/logos/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getLogo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report-draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReportDraft"];
        put: operations["putReportDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReportPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReportCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReportWorkbook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/report.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/addenda/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["previewAddendum"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["verifyReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/signatures/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["verifySignature"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counting-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listCountingRules"];
        put?: never;
        post: operations["saveCountingRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counting-rules/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["withdrawCountingRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counting-rules/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restoreCountingRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/counting-rules/{id}/default": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["makeCountingRuleDefault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getStatisticsChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDistributions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCorrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/readers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReaderAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/research-exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listResearchExports"];
        put?: never;
        post: operations["beginResearchExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/research-exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getResearchExport"];
        put?: never;
        post?: never;
        delete: operations["endResearchExport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/research-exports/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["downloadResearchExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["previewErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["erasePatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/patients/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exportPatient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRetention"];
        put: operations["saveRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRetentionDue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["confirmRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["previewRetention"];
        put?: never;
        post?: never;
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
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "identity.read" | "users.manage" | "settings.manage" | "audit.read" | "statistics.read" | "research.export" | "privacy.manage")[];
                        typeKeys: {
                            blast: string;
                            promyelocyte: string;
                            myelocyte: string;
                            metamyelocyte: string;
                            band_neutrophil: string;
                            segmented_neutrophil: string;
                            eosinophil: string;
                            basophil: string;
                            monocyte: string;
                            lymphocyte: string;
                            plasma_cell: string;
                            erythroblast: string;
                            not_identifiable: string;
                        } | null;
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
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "identity.read" | "users.manage" | "settings.manage" | "audit.read" | "statistics.read" | "research.export" | "privacy.manage")[];
                        typeKeys: {
                            blast: string;
                            promyelocyte: string;
                            myelocyte: string;
                            metamyelocyte: string;
                            band_neutrophil: string;
                            segmented_neutrophil: string;
                            eosinophil: string;
                            basophil: string;
                            monocyte: string;
                            lymphocyte: string;
                            plasma_cell: string;
                            erythroblast: string;
                            not_identifiable: string;
                        } | null;
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
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "identity.read" | "users.manage" | "settings.manage" | "audit.read" | "statistics.read" | "research.export" | "privacy.manage")[];
                        typeKeys: {
                            blast: string;
                            promyelocyte: string;
                            myelocyte: string;
                            metamyelocyte: string;
                            band_neutrophil: string;
                            segmented_neutrophil: string;
                            eosinophil: string;
                            basophil: string;
                            monocyte: string;
                            lymphocyte: string;
                            plasma_cell: string;
                            erythroblast: string;
                            not_identifiable: string;
                        } | null;
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
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "identity.read" | "users.manage" | "settings.manage" | "audit.read" | "statistics.read" | "research.export" | "privacy.manage")[];
                        typeKeys: {
                            blast: string;
                            promyelocyte: string;
                            myelocyte: string;
                            metamyelocyte: string;
                            band_neutrophil: string;
                            segmented_neutrophil: string;
                            eosinophil: string;
                            basophil: string;
                            monocyte: string;
                            lymphocyte: string;
                            plasma_cell: string;
                            erythroblast: string;
                            not_identifiable: string;
                        } | null;
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
                    typeKeys?: {
                        [key: string]: string;
                    } | null;
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
                        permissions: ("public" | "self" | "case.read" | "case.write" | "case.review" | "case.sign" | "identity.read" | "users.manage" | "settings.manage" | "audit.read" | "statistics.read" | "research.export" | "privacy.manage")[];
                        typeKeys: {
                            blast: string;
                            promyelocyte: string;
                            myelocyte: string;
                            metamyelocyte: string;
                            band_neutrophil: string;
                            segmented_neutrophil: string;
                            eosinophil: string;
                            basophil: string;
                            monocyte: string;
                            lymphocyte: string;
                            plasma_cell: string;
                            erythroblast: string;
                            not_identifiable: string;
                        } | null;
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
    listLinks: {
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
                        kind: "invitation" | "reset";
                        email: string | null;
                        name: string | null;
                        role: ("administrator" | "doctor" | "technician" | "researcher" | "read_only") | null;
                        makerName: string;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        expiresAt: number;
                    }[];
                };
            };
        };
    };
    withdrawLink: {
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
                    /** @description although there is an open invitation for this address */
                    again?: boolean;
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
                        /** @description cells to count in a case */
                        target: number;
                        targets: number[];
                        /** @description roles that are told who a patient is though they need not know it */
                        identitiesFor: ("researcher" | "read_only")[];
                        /** @description a report says how far a second reading agreed */
                        kappaOnReport: boolean;
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
                    /** @description cells to count in a case */
                    target: number;
                    targets: number[];
                    /** @description roles that are told who a patient is though they need not know it */
                    identitiesFor: ("researcher" | "read_only")[];
                    /** @description a report says how far a second reading agreed */
                    kappaOnReport: boolean;
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
                        /** @description cells to count in a case */
                        target: number;
                        targets: number[];
                        /** @description roles that are told who a patient is though they need not know it */
                        identitiesFor: ("researcher" | "read_only")[];
                        /** @description a report says how far a second reading agreed */
                        kappaOnReport: boolean;
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
    readAudit: {
        parameters: {
            query?: {
                /** @description id or hospital number */
                patient?: string;
                /** @description id or marrow number */
                case?: string;
                /** @description UUIDv7 */
                user?: string;
                /** @description noun.verb, or a noun alone */
                event?: string;
                /** @description ms since 1970, UTC */
                from?: number;
                /** @description ms since 1970, UTC */
                to?: number;
                /** @description place in the chain */
                before?: number;
                limit?: number;
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
                        /** @description the newest first */
                        items: {
                            /** @description place in the chain */
                            number: number;
                            /** @description ms since 1970, UTC */
                            at: number;
                            userId: string | null;
                            userName: string | null;
                            ip: string;
                            event: string;
                            /** @description HTTP status of the answer */
                            status: number;
                            subjectId: string | null;
                            caseId: string | null;
                            marrowNumber: string | null;
                            patientId: string | null;
                            patientName: string | null;
                            /** @description only what changed; or what was asked for */
                            detail: {
                                before?: unknown;
                                after?: unknown;
                                query?: unknown;
                            };
                            sha256: string;
                        }[];
                        next: number | null;
                    };
                };
            };
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                /** @description id or hospital number */
                patient?: string;
                /** @description id or marrow number */
                case?: string;
                /** @description UUIDv7 */
                user?: string;
                /** @description noun.verb, or a noun alone */
                event?: string;
                /** @description ms since 1970, UTC */
                from?: number;
                /** @description ms since 1970, UTC */
                to?: number;
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
                    "text/csv": unknown;
                };
            };
        };
    };
    getAuditChoices: {
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
                        events: string[];
                        users: {
                            /** @description UUIDv7 */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
        };
    };
    getAuditChain: {
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
                        rows: number;
                        /** @description of the last row */
                        sha256: string;
                        running: {
                            done: number;
                            total: number;
                        } | null;
                        verified: {
                            number: number;
                            sha256: string;
                            /** @description ms since 1970, UTC */
                            at: number;
                        } | null;
                        broken: {
                            number: number;
                            /** @description ms since 1970, UTC */
                            at: number;
                            message: string;
                        } | null;
                        error: string | null;
                    };
                };
            };
        };
    };
    verifyAudit: {
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
                        rows: number;
                        /** @description of the last row */
                        sha256: string;
                        running: {
                            done: number;
                            total: number;
                        } | null;
                        verified: {
                            number: number;
                            sha256: string;
                            /** @description ms since 1970, UTC */
                            at: number;
                        } | null;
                        broken: {
                            number: number;
                            /** @description ms since 1970, UTC */
                            at: number;
                            message: string;
                        } | null;
                        error: string | null;
                    };
                };
            };
        };
    };
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
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        message: string;
                        details?: unknown;
                    };
                };
            };
        };
    };
    getSiteHealth: {
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
                        /** @description ms since 1970, UTC */
                        at: number;
                        parts: {
                            /** @enum {unknown} */
                            part: "database" | "store" | "images" | "networks" | "queue" | "audit" | "backup" | "clock" | "retention" | "memory" | "connection";
                            /** @enum {unknown} */
                            state: "ok" | "attention" | "broken";
                            /**
                             * @description what is said of it
                             * @enum {unknown}
                             */
                            code: "DATABASE_OK" | "DATABASE_SLOW" | "DATABASE_BEHIND" | "DATABASE_GONE" | "DATABASE_AWAY" | "STORE_OK" | "STORE_LOW" | "STORE_FULL" | "STORE_NEAR_LIMIT" | "STORE_AT_LIMIT" | "STORE_PEOPLE_NEAR" | "STORE_LACKS" | "STORE_AWAY" | "NETWORKS_OK" | "NETWORKS_IDLE" | "NETWORKS_STUCK" | "NETWORKS_FAILED" | "NETWORKS_RESTART" | "NETWORKS_MISSING" | "QUEUE_OK" | "QUEUE_FAILED" | "QUEUE_SLOW" | "AUDIT_OK" | "AUDIT_UNVERIFIED" | "AUDIT_OLD" | "AUDIT_AWAY" | "AUDIT_BROKEN" | "BACKUP_OK" | "BACKUP_OLD" | "BACKUP_NEVER" | "CLOCK_OK" | "CLOCK_APART" | "CLOCK_BACK" | "CLOCK_AHEAD" | "RETENTION_OFF" | "RETENTION_OK" | "RETENTION_FAILED" | "RETENTION_ASKS" | "IMAGES_OK" | "IMAGES_UNCHECKED" | "IMAGES_DAMAGED" | "MEMORY_OK" | "MEMORY_LOW" | "CONNECTION_OK" | "CONNECTION_LOCAL" | "CONNECTION_OPEN" | "NOT_KNOWN";
                            /** @description what it is judged by; …Ms a duration, …At ms since 1970 UTC, …Bytes bytes */
                            values: {
                                [key: string]: string | number | null;
                            };
                        }[];
                    };
                };
            };
        };
    };
    confirmClock: {
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
                        /** @description ms since 1970, UTC */
                        at: number;
                        parts: {
                            /** @enum {unknown} */
                            part: "database" | "store" | "images" | "networks" | "queue" | "audit" | "backup" | "clock" | "retention" | "memory" | "connection";
                            /** @enum {unknown} */
                            state: "ok" | "attention" | "broken";
                            /**
                             * @description what is said of it
                             * @enum {unknown}
                             */
                            code: "DATABASE_OK" | "DATABASE_SLOW" | "DATABASE_BEHIND" | "DATABASE_GONE" | "DATABASE_AWAY" | "STORE_OK" | "STORE_LOW" | "STORE_FULL" | "STORE_NEAR_LIMIT" | "STORE_AT_LIMIT" | "STORE_PEOPLE_NEAR" | "STORE_LACKS" | "STORE_AWAY" | "NETWORKS_OK" | "NETWORKS_IDLE" | "NETWORKS_STUCK" | "NETWORKS_FAILED" | "NETWORKS_RESTART" | "NETWORKS_MISSING" | "QUEUE_OK" | "QUEUE_FAILED" | "QUEUE_SLOW" | "AUDIT_OK" | "AUDIT_UNVERIFIED" | "AUDIT_OLD" | "AUDIT_AWAY" | "AUDIT_BROKEN" | "BACKUP_OK" | "BACKUP_OLD" | "BACKUP_NEVER" | "CLOCK_OK" | "CLOCK_APART" | "CLOCK_BACK" | "CLOCK_AHEAD" | "RETENTION_OFF" | "RETENTION_OK" | "RETENTION_FAILED" | "RETENTION_ASKS" | "IMAGES_OK" | "IMAGES_UNCHECKED" | "IMAGES_DAMAGED" | "MEMORY_OK" | "MEMORY_LOW" | "CONNECTION_OK" | "CONNECTION_LOCAL" | "CONNECTION_OPEN" | "NOT_KNOWN";
                            /** @description what it is judged by; …Ms a duration, …At ms since 1970 UTC, …Bytes bytes */
                            values: {
                                [key: string]: string | number | null;
                            };
                        }[];
                    };
                };
            };
        };
    };
    getStorageUsed: {
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
                        measured: {
                            /** @description ms since 1970, UTC */
                            at: number;
                            originals: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            exports: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            references: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            renditions: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            uploads: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            database: {
                                /** @description bytes */
                                bytes: number;
                                waiting: number | null;
                            };
                            rows: {
                                table: string;
                                rows: number;
                            }[];
                            months: {
                                /** @description YYYY-MM */
                                month: string;
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            }[];
                            /** @description bytes */
                            free: number;
                            /** @description bytes */
                            total: number;
                        } | null;
                        measuring: boolean;
                        error: string | null;
                    };
                };
            };
        };
    };
    measureStorage: {
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
                        measured: {
                            /** @description ms since 1970, UTC */
                            at: number;
                            originals: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            exports: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            references: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            renditions: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            uploads: {
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            };
                            database: {
                                /** @description bytes */
                                bytes: number;
                                waiting: number | null;
                            };
                            rows: {
                                table: string;
                                rows: number;
                            }[];
                            months: {
                                /** @description YYYY-MM */
                                month: string;
                                files: number;
                                /** @description bytes */
                                bytes: number;
                            }[];
                            /** @description bytes */
                            free: number;
                            /** @description bytes */
                            total: number;
                        } | null;
                        measuring: boolean;
                        error: string | null;
                    };
                };
            };
        };
    };
    getModelsInUse: {
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
                        detector: {
                            name: string;
                            version: string;
                            sha256: string;
                            licence: string;
                            /** @description bytes */
                            bytes: number;
                            limits: string[];
                            intendedUse: string;
                            sinceAt: number | null;
                            /** @description the whole model card */
                            card: {
                                [key: string]: unknown;
                            };
                        };
                        recogniser: {
                            name: string;
                            version: string;
                            sha256: string;
                            licence: string;
                            /** @description bytes */
                            bytes: number;
                            limits: string[];
                            intendedUse: string;
                            sinceAt: number | null;
                            /** @description the whole model card */
                            card: {
                                [key: string]: unknown;
                            };
                        };
                        versions: {
                            /** @description name and version */
                            detector: string;
                            /** @description name and version */
                            recogniser: string;
                            cases: number;
                            cells: number;
                            /** @description both networks are those in use */
                            present: boolean;
                        }[];
                        /** @description cases read with other networks than those in use */
                        older: number;
                    };
                };
            };
        };
    };
    countPeople: {
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
                        roles: {
                            /** @enum {unknown} */
                            role: "administrator" | "doctor" | "technician" | "researcher" | "read_only";
                            active: number;
                            disabled: number;
                        }[];
                        sessions: number;
                        peopleSignedIn: number;
                        /** @description refused sign-ins of the last 24 hours */
                        failedSignIns: number;
                    };
                };
            };
        };
    };
    listJobs: {
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
                        kind: string;
                        /** @enum {unknown} */
                        state: "waiting" | "running" | "failed";
                        caseId: string | null;
                        marrowNumber: string | null;
                        attempts: number;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        sinceAt: number;
                    }[];
                };
            };
        };
    };
    retryJob: {
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
    cancelJob: {
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
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
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
                    name?: string;
                    sex?: "female" | "male" | "unknown";
                    birthDate?: string | null;
                    hospitalNumber?: string;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                            /** @description marrow numbers that were corrected, the newest first */
                            formerNumbers: {
                                number: string;
                                /** @description ms since 1970, UTC */
                                until: number;
                                /** @description name of the person */
                                changedBy: string;
                            }[];
                            /** @description UUIDv7 */
                            patientId: string;
                            patient: {
                                name: string;
                                sex: "female" | "male" | "unknown";
                                birthDate: string | null;
                                hospitalNumber: string;
                                /** @description completed years today, instead of a date of birth that is not shown */
                                ageYears?: number;
                            };
                            site: string;
                            stain: string;
                            /** @description what the clinic thinks it is */
                            diagnosis: string;
                            clinicalNote: string;
                            /** @description who asked for the examination */
                            requester: string;
                            receivedOn: string;
                            target: number;
                            countingRule: string;
                            meRule: string;
                            /** @description counts up with every change */
                            countingRuleVersion: number;
                            reportedCount: ("images" | "microscope" | "both") | null;
                            /** @enum {unknown} */
                            status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            readerId: string | null;
                            readerName: string | null;
                            secondReading: {
                                /** @description UUIDv7 */
                                id: string;
                                /** @description UUIDv7 */
                                readerId: string;
                                readerName: string;
                                status: "open" | "finished";
                            } | null;
                            synthetic: boolean;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                            /** @description ms since 1970, UTC */
                            updatedAt: number;
                            imagesRemovedAt: number | null;
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
                        sameNumber: {
                            /** @description UUIDv7 */
                            id: string;
                            name: string;
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
                    name?: string;
                    sex?: "female" | "male" | "unknown";
                    birthDate?: string | null;
                    hospitalNumber?: string;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
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
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                        name: string;
                        sex: "female" | "male" | "unknown";
                        birthDate: string | null;
                        hospitalNumber: string;
                        /** @description completed years today, instead of a date of birth that is not shown */
                        ageYears?: number;
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
                        name?: string;
                        sex?: string;
                        birthDate?: string;
                        hospitalNumber?: string;
                        marrowNumber?: string;
                        site?: string;
                        receivedOn?: string;
                        diagnosis?: string;
                        clinicalNote?: string;
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
                            code: "NAME_MISSING" | "TOO_LONG" | "NOT_TEXT" | "SEX_NOT_KNOWN" | "DATE_IMPOSSIBLE" | "DATE_IN_FUTURE" | "BORN_AFTER_RECEIVED" | "OTHER_NAME" | "OTHER_PERSON" | "MARROW_NUMBER_TAKEN" | "NUMBER_TWICE" | "NUMBER_DAMAGED" | "ZEROS_LOST" | "ROW_TWICE";
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
                        name?: string;
                        sex?: string;
                        birthDate?: string;
                        hospitalNumber?: string;
                        marrowNumber?: string;
                        site?: string;
                        receivedOn?: string;
                        diagnosis?: string;
                        clinicalNote?: string;
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
                            code: "NAME_MISSING" | "TOO_LONG" | "NOT_TEXT" | "SEX_NOT_KNOWN" | "DATE_IMPOSSIBLE" | "DATE_IN_FUTURE" | "BORN_AFTER_RECEIVED" | "OTHER_NAME" | "OTHER_PERSON" | "MARROW_NUMBER_TAKEN" | "NUMBER_TWICE" | "NUMBER_DAMAGED" | "ZEROS_LOST" | "ROW_TWICE";
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
    listCases: {
        parameters: {
            query?: {
                search?: string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description whose cases; of `me` also those that wait for me as the second reader */
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
                            /** @description marrow numbers that were corrected, the newest first */
                            formerNumbers: {
                                number: string;
                                /** @description ms since 1970, UTC */
                                until: number;
                                /** @description name of the person */
                                changedBy: string;
                            }[];
                            /** @description UUIDv7 */
                            patientId: string;
                            patient: {
                                name: string;
                                sex: "female" | "male" | "unknown";
                                birthDate: string | null;
                                hospitalNumber: string;
                                /** @description completed years today, instead of a date of birth that is not shown */
                                ageYears?: number;
                            };
                            site: string;
                            stain: string;
                            /** @description what the clinic thinks it is */
                            diagnosis: string;
                            clinicalNote: string;
                            /** @description who asked for the examination */
                            requester: string;
                            receivedOn: string;
                            target: number;
                            countingRule: string;
                            meRule: string;
                            /** @description counts up with every change */
                            countingRuleVersion: number;
                            reportedCount: ("images" | "microscope" | "both") | null;
                            /** @enum {unknown} */
                            status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            readerId: string | null;
                            readerName: string | null;
                            secondReading: {
                                /** @description UUIDv7 */
                                id: string;
                                /** @description UUIDv7 */
                                readerId: string;
                                readerName: string;
                                status: "open" | "finished";
                            } | null;
                            synthetic: boolean;
                            /** @description counts up with every change */
                            version: number;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                            /** @description ms since 1970, UTC */
                            updatedAt: number;
                            imagesRemovedAt: number | null;
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
                        name?: string;
                        sex?: "female" | "male" | "unknown";
                        birthDate?: string | null;
                        hospitalNumber?: string;
                    };
                    readerId?: string | null;
                    /** @description UUIDv7 */
                    patientId?: string;
                    site?: string;
                    stain?: string;
                    /** @description what the clinic thinks it is */
                    diagnosis?: string;
                    clinicalNote?: string;
                    /** @description who asked for the examination */
                    requester?: string;
                    receivedOn?: string;
                    target?: number;
                    countingRule?: string;
                    meRule?: string;
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
                        /** @description marrow numbers that were corrected, the newest first */
                        formerNumbers: {
                            number: string;
                            /** @description ms since 1970, UTC */
                            until: number;
                            /** @description name of the person */
                            changedBy: string;
                        }[];
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        /** @description who asked for the examination */
                        requester: string;
                        receivedOn: string;
                        target: number;
                        countingRule: string;
                        meRule: string;
                        /** @description counts up with every change */
                        countingRuleVersion: number;
                        reportedCount: ("images" | "microscope" | "both") | null;
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        secondReading: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            readerId: string;
                            readerName: string;
                            status: "open" | "finished";
                        } | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                        imagesRemovedAt: number | null;
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        newerRuleVersion: number | null;
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
                        /** @description marrow numbers that were corrected, the newest first */
                        formerNumbers: {
                            number: string;
                            /** @description ms since 1970, UTC */
                            until: number;
                            /** @description name of the person */
                            changedBy: string;
                        }[];
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        /** @description who asked for the examination */
                        requester: string;
                        receivedOn: string;
                        target: number;
                        countingRule: string;
                        meRule: string;
                        /** @description counts up with every change */
                        countingRuleVersion: number;
                        reportedCount: ("images" | "microscope" | "both") | null;
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        secondReading: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            readerId: string;
                            readerName: string;
                            status: "open" | "finished";
                        } | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                        imagesRemovedAt: number | null;
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        newerRuleVersion: number | null;
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
                    marrowNumber?: string;
                    readerId?: string | null;
                    patient?: {
                        name?: string;
                        sex?: "female" | "male" | "unknown";
                        birthDate?: string | null;
                        hospitalNumber?: string;
                    };
                    /** @description counts up with every change */
                    countingRuleVersion?: number;
                    reportedCount?: ("images" | "microscope" | "both") | null;
                    site?: string;
                    stain?: string;
                    /** @description what the clinic thinks it is */
                    diagnosis?: string;
                    clinicalNote?: string;
                    /** @description who asked for the examination */
                    requester?: string;
                    receivedOn?: string;
                    target?: number;
                    countingRule?: string;
                    meRule?: string;
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
                        /** @description marrow numbers that were corrected, the newest first */
                        formerNumbers: {
                            number: string;
                            /** @description ms since 1970, UTC */
                            until: number;
                            /** @description name of the person */
                            changedBy: string;
                        }[];
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        /** @description who asked for the examination */
                        requester: string;
                        receivedOn: string;
                        target: number;
                        countingRule: string;
                        meRule: string;
                        /** @description counts up with every change */
                        countingRuleVersion: number;
                        reportedCount: ("images" | "microscope" | "both") | null;
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        secondReading: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            readerId: string;
                            readerName: string;
                            status: "open" | "finished";
                        } | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                        imagesRemovedAt: number | null;
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        newerRuleVersion: number | null;
                    };
                };
            };
        };
    };
    stillHere: {
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
                    "text/event-stream": {
                        /** @enum {string} */
                        kind: "case";
                    } | {
                        /** @enum {string} */
                        kind: "fields";
                    } | {
                        /** @enum {string} */
                        kind: "comments";
                    } | {
                        /** @enum {string} */
                        kind: "analysis";
                        analysisId: string;
                    } | {
                        /** @enum {string} */
                        kind: "cells";
                        cellIds: string[];
                        /** @description null: the program */
                        userId: string | null;
                    } | {
                        /** @enum {string} */
                        kind: "present";
                        /** @description who else has the case open */
                        people: {
                            name: string;
                            /** @description reads the case blind */
                            second: boolean;
                        }[];
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
                        /** @description marrow numbers that were corrected, the newest first */
                        formerNumbers: {
                            number: string;
                            /** @description ms since 1970, UTC */
                            until: number;
                            /** @description name of the person */
                            changedBy: string;
                        }[];
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        /** @description who asked for the examination */
                        requester: string;
                        receivedOn: string;
                        target: number;
                        countingRule: string;
                        meRule: string;
                        /** @description counts up with every change */
                        countingRuleVersion: number;
                        reportedCount: ("images" | "microscope" | "both") | null;
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        secondReading: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            readerId: string;
                            readerName: string;
                            status: "open" | "finished";
                        } | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                        imagesRemovedAt: number | null;
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        newerRuleVersion: number | null;
                    };
                };
            };
        };
    };
    listSlides: {
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
                        label: string;
                        fields: number;
                        /** @description that are not removed */
                        cells: number;
                        umPerPixel: number | null;
                        trusted: ("stated" | "estimated") | null;
                        scales: {
                            umPerPixel: number;
                            /** @enum {unknown} */
                            source: "given" | "profile" | "metadata" | "estimated";
                            sure: boolean;
                            /**
                             * @description how far what is said is from what the red cells say: 1.3 times, 1.6 times
                             * @enum {unknown}
                             */
                            doubt: "none" | "doubted" | "contradicted";
                            redCells: {
                                umPerPixel: number;
                                count: number;
                            } | null;
                            /** @description numbers of the fields that share it */
                            fields: number[];
                        }[];
                    }[];
                };
            };
        };
    };
    addSlide: {
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
                    label: string;
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
                        label: string;
                        fields: number;
                        /** @description that are not removed */
                        cells: number;
                        umPerPixel: number | null;
                        trusted: ("stated" | "estimated") | null;
                        scales: {
                            umPerPixel: number;
                            /** @enum {unknown} */
                            source: "given" | "profile" | "metadata" | "estimated";
                            sure: boolean;
                            /**
                             * @description how far what is said is from what the red cells say: 1.3 times, 1.6 times
                             * @enum {unknown}
                             */
                            doubt: "none" | "doubted" | "contradicted";
                            redCells: {
                                umPerPixel: number;
                                count: number;
                            } | null;
                            /** @description numbers of the fields that share it */
                            fields: number[];
                        }[];
                    };
                };
            };
        };
    };
    removeSlide: {
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
    renameSlide: {
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
                    label: string;
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
                        label: string;
                        fields: number;
                        /** @description that are not removed */
                        cells: number;
                        umPerPixel: number | null;
                        trusted: ("stated" | "estimated") | null;
                        scales: {
                            umPerPixel: number;
                            /** @enum {unknown} */
                            source: "given" | "profile" | "metadata" | "estimated";
                            sure: boolean;
                            /**
                             * @description how far what is said is from what the red cells say: 1.3 times, 1.6 times
                             * @enum {unknown}
                             */
                            doubt: "none" | "doubted" | "contradicted";
                            redCells: {
                                umPerPixel: number;
                                count: number;
                            } | null;
                            /** @description numbers of the fields that share it */
                            fields: number[];
                        }[];
                    };
                };
            };
        };
    };
    listScaleProfiles: {
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
                        /** @description µm per pixel of the original */
                        umPerPixel: number;
                        /** @description make and model as its files name them; empty where they name none */
                        camera: string;
                        /** @description pixels of its pictures */
                        width: number;
                        height: number;
                    }[];
                };
            };
        };
    };
    addScaleProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description µm per pixel of the original */
                    umPerPixel: number;
                    /** @description make and model as its files name them; empty where they name none */
                    camera: string;
                    /** @description pixels of its pictures */
                    width: number;
                    height: number;
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
                        name: string;
                        /** @description µm per pixel of the original */
                        umPerPixel: number;
                        /** @description make and model as its files name them; empty where they name none */
                        camera: string;
                        /** @description pixels of its pictures */
                        width: number;
                        height: number;
                    };
                };
            };
        };
    };
    changeScaleProfile: {
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
                    name: string;
                    /** @description µm per pixel of the original */
                    umPerPixel: number;
                    /** @description make and model as its files name them; empty where they name none */
                    camera: string;
                    /** @description pixels of its pictures */
                    width: number;
                    height: number;
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
                        name: string;
                        /** @description µm per pixel of the original */
                        umPerPixel: number;
                        /** @description make and model as its files name them; empty where they name none */
                        camera: string;
                        /** @description pixels of its pictures */
                        width: number;
                        height: number;
                    };
                };
            };
        };
    };
    removeScaleProfile: {
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
    listUnfinishedUploads: {
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
                        /** @description UUIDv7 */
                        caseId: string;
                        fileName: string;
                        /** @description of its file */
                        bytes: number;
                        /** @description bytes of it that have come */
                        received: number;
                        /** @description ms since 1970, UTC */
                        touchedAt: number;
                    }[];
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
                        /** @description UUIDv7 */
                        slideId: string;
                        number: number;
                        fileName: string;
                        width: number;
                        height: number;
                        bytes: number;
                        umPerPixel: number | null;
                        scaleSource: ("given" | "profile" | "metadata" | "estimated") | null;
                        taggedUmPerPixel: number | null;
                        /** @description make and model as the file names them; empty where it names none */
                        camera: string;
                        warnings: string[];
                        status: "waiting" | "analysed" | "failed";
                        error: string | null;
                        imageFault: ("missing" | "changed") | null;
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
                        /** @description UUIDv7 */
                        slideId: string;
                        number: number;
                        fileName: string;
                        width: number;
                        height: number;
                        bytes: number;
                        umPerPixel: number | null;
                        scaleSource: ("given" | "profile" | "metadata" | "estimated") | null;
                        taggedUmPerPixel: number | null;
                        /** @description make and model as the file names them; empty where it names none */
                        camera: string;
                        warnings: string[];
                        status: "waiting" | "analysed" | "failed";
                        error: string | null;
                        imageFault: ("missing" | "changed") | null;
                        /** @description counts up with every change */
                        version: number;
                    };
                };
            };
        };
    };
    decideScaleOfSlide: {
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
                    /** @description µm per pixel of the original */
                    umPerPixel: number;
                } | {
                    /**
                     * @description whom to believe: the files and profiles, or the red cells
                     * @enum {unknown}
                     */
                    trusted: "stated" | "estimated";
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
                        label: string;
                        fields: number;
                        /** @description that are not removed */
                        cells: number;
                        umPerPixel: number | null;
                        trusted: ("stated" | "estimated") | null;
                        scales: {
                            umPerPixel: number;
                            /** @enum {unknown} */
                            source: "given" | "profile" | "metadata" | "estimated";
                            sure: boolean;
                            /**
                             * @description how far what is said is from what the red cells say: 1.3 times, 1.6 times
                             * @enum {unknown}
                             */
                            doubt: "none" | "doubted" | "contradicted";
                            redCells: {
                                umPerPixel: number;
                                count: number;
                            } | null;
                            /** @description numbers of the fields that share it */
                            fields: number[];
                        }[];
                    };
                };
            };
        };
    };
    getFieldImage: {
        parameters: {
            query?: {
                /** @description pixels, rounded up to the next of 160, 512, 1024, 2048, 4096; above them, or without it, as wide as the field. Never wider than the field. */
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
                        scale: {
                            done: number;
                            total: number;
                        } | null;
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
                        scale: {
                            done: number;
                            total: number;
                        } | null;
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
                        scale: {
                            done: number;
                            total: number;
                        } | null;
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
                        scale: {
                            done: number;
                            total: number;
                        } | null;
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
    listCellNames: {
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
                        /** @description 0 while nobody has saved any */
                        version: number;
                        /** @description in the order in which they are offered and printed */
                        entries: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "subtype" | "not_counted" | "tag";
                            under: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable") | null;
                            en: string;
                            zh: string;
                            abbreviation: string;
                            key: string | null;
                            /** @description not offered any more, and still shown where it was given */
                            retired: boolean;
                        }[];
                    };
                };
            };
        };
    };
    saveCellNames: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 0 while nobody has saved any */
                    version: number;
                    entries: {
                        id: string | null;
                        /** @enum {unknown} */
                        kind: "subtype" | "not_counted" | "tag";
                        under: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable") | null;
                        en: string;
                        zh: string;
                        abbreviation: string;
                        key: string | null;
                        /** @description not offered any more, and still shown where it was given */
                        retired: boolean;
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
                        /** @description 0 while nobody has saved any */
                        version: number;
                        /** @description in the order in which they are offered and printed */
                        entries: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "subtype" | "not_counted" | "tag";
                            under: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable") | null;
                            en: string;
                            zh: string;
                            abbreviation: string;
                            key: string | null;
                            /** @description not offered any more, and still shown where it was given */
                            retired: boolean;
                        }[];
                    };
                };
            };
        };
    };
    listCellNameVersions: {
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
                        /** @description 0 while nobody has saved any */
                        version: number;
                        /** @description in the order in which they are offered and printed */
                        entries: {
                            id: string;
                            /** @enum {unknown} */
                            kind: "subtype" | "not_counted" | "tag";
                            under: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable") | null;
                            en: string;
                            zh: string;
                            abbreviation: string;
                            key: string | null;
                            /** @description not offered any more, and still shown where it was given */
                            retired: boolean;
                        }[];
                        createdBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
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
    measureCell: {
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
                        cellDiameterUm: number | null;
                        nucleusDiameterUm: number | null;
                        ncRatio: number | null;
                        nuclearRoundness: number | null;
                        nuclearLobes: number | null;
                        cytoplasmGranularity: number | null;
                        cytoplasmBlueness: number | null;
                        /** @description the border of the field cuts the cell */
                        cut: boolean;
                    };
                };
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
    listComments: {
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
                        cellId: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                        /** @description UUIDv7 */
                        userId: string;
                        userName: string;
                        text: string;
                    }[];
                };
            };
        };
    };
    addComment: {
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
                    cellIds: string[];
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
                        /** @description UUIDv7 */
                        cellId: string;
                        /** @description ms since 1970, UTC */
                        at: number;
                        /** @description UUIDv7 */
                        userId: string;
                        userName: string;
                        text: string;
                    }[];
                };
            };
        };
    };
    getCell: {
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
                        unfamiliar: boolean | null;
                        touchesEdge: boolean;
                        origin: "model" | "person";
                        reviewed: boolean;
                        confirmed: ("singly" | "together") | null;
                        deleted: boolean;
                        subtype: string | null;
                        tags: string[];
                        /** @description counts up with every change */
                        version: number;
                        /** @description 13 numbers in the types' order, 0..1 */
                        probabilities: number[];
                        /** @description [x, y] in pixels of the original */
                        regions: number[][];
                        /** @description what persons did to the cell, the oldest first */
                        history: {
                            /** @description ms since 1970, UTC */
                            at: number;
                            userName: string;
                            /** @description what became another; null where the cell was added */
                            before: unknown;
                            after: unknown;
                        }[];
                    };
                };
            };
        };
    };
    listSimilarCells: {
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
                        /** @description cosine of the embeddings, -1..1 */
                        similarity: number;
                    }[];
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
                            unfamiliar: boolean | null;
                            touchesEdge: boolean;
                            origin: "model" | "person";
                            reviewed: boolean;
                            confirmed: ("singly" | "together") | null;
                            deleted: boolean;
                            subtype: string | null;
                            tags: string[];
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
                            confirmed?: ("singly" | "together") | null;
                            deleted?: boolean;
                            /** @description pixels of the original image */
                            box?: {
                                x: number;
                                y: number;
                                width: number;
                                height: number;
                            };
                            subtype?: string | null;
                            tags?: string[];
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
                            unfamiliar: boolean | null;
                            touchesEdge: boolean;
                            origin: "model" | "person";
                            reviewed: boolean;
                            confirmed: ("singly" | "together") | null;
                            deleted: boolean;
                            subtype: string | null;
                            tags: string[];
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
                        unfamiliar: boolean | null;
                        touchesEdge: boolean;
                        origin: "model" | "person";
                        reviewed: boolean;
                        confirmed: ("singly" | "together") | null;
                        deleted: boolean;
                        subtype: string | null;
                        tags: string[];
                        /** @description counts up with every change */
                        version: number;
                    };
                };
            };
        };
    };
    listReferences: {
        parameters: {
            query?: {
                /** @description one of the 12 types, or not_identifiable */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                /** @description with those that the program drew, which are for the demo alone */
                drawn?: boolean;
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
                        /** @description UUIDv7 */
                        id: string;
                        /**
                         * @description one of the 12 types, or not_identifiable
                         * @enum {unknown}
                         */
                        type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                        /** @description drawn by the program, a real cell that a person kept, or one of a public set */
                        origin: "drawn" | "person" | "set";
                        set: {
                            source: string;
                            licence: string;
                        } | null;
                        keptBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    getReferencePicture: {
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
                    "image/webp": unknown;
                };
            };
        };
    };
    listNearReferences: {
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
                        /** @description the nearest ones first; then those that stand for the cell's most probable types, where they are not near */
                        references: {
                            /** @description UUIDv7 */
                            id: string;
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            /** @description drawn by the program, a real cell that a person kept, or one of a public set */
                            origin: "drawn" | "person" | "set";
                            set: {
                                source: string;
                                licence: string;
                            } | null;
                            keptBy: string | null;
                            /** @description ms since 1970, UTC */
                            createdAt: number;
                            similarity: number | null;
                        }[];
                        known: {
                            /** @description the most frequent first */
                            types: {
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                count: number;
                            }[];
                            /** @description mean cosine of their embeddings to its own, -1..1 */
                            similarity: number;
                        } | null;
                    };
                };
            };
        };
    };
    listUnlikeCells: {
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
                        /** @description how unlike its type the cell is, 0..1 */
                        unlike: number;
                    }[];
                };
            };
        };
    };
    keepReference: {
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
                        /**
                         * @description one of the 12 types, or not_identifiable
                         * @enum {unknown}
                         */
                        type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                        /** @description drawn by the program, a real cell that a person kept, or one of a public set */
                        origin: "drawn" | "person" | "set";
                        set: {
                            source: string;
                            licence: string;
                        } | null;
                        keptBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    removeReference: {
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
    listReferenceSets: {
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
                        /** @description title, first author, year */
                        source: string;
                        licence: string;
                        /** @description where it is published */
                        address: string;
                        takenBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        types: {
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            count: number;
                        }[];
                    }[];
                };
            };
        };
    };
    openReferenceSet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description title, first author, year */
                    source: string;
                    licence: string;
                    /** @description where it is published */
                    address: string;
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
                        /** @description title, first author, year */
                        source: string;
                        licence: string;
                        /** @description where it is published */
                        address: string;
                        takenBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        types: {
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            count: number;
                        }[];
                    };
                };
            };
        };
    };
    addToReferenceSet: {
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
                    /** @enum {unknown} */
                    type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                    umPerPixel: number;
                    /** @description Base64 of an image file; the cell in its middle */
                    picture: string;
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
                        /** @description false: the set had it already */
                        isNew: boolean;
                    };
                };
            };
        };
    };
    removeReferenceSet: {
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
    getInbox: {
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
                        items: {
                            /** @description UUIDv7 */
                            readingId: string;
                            /**
                             * @description a case to read second; a reading that somebody finished for the caller
                             * @enum {unknown}
                             */
                            kind: "to_read" | "finished";
                            /** @description UUIDv7 */
                            caseId: string;
                            marrowNumber: string;
                            /** @description who gave the case; who read it */
                            personName: string;
                            /** @description ms since 1970, UTC */
                            at: number;
                            unread: boolean;
                        }[];
                        /** @description cases to read, and finished readings not seen yet */
                        waiting: number;
                    };
                };
            };
        };
    };
    markReadingsSeen: {
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
    listReadings: {
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
                        readerId: string;
                        readerName: string;
                        status: "open" | "finished" | "withdrawn";
                        /** @description cells that the second reader has settled */
                        reviewed: number;
                        /** @description cells of the case */
                        cells: number;
                        agreement: {
                            /** @description named by both */
                            cells: number;
                            agreed: number;
                            kappa: number | null;
                            low: number | null;
                            high: number | null;
                            /** @description over the cells that both confirmed one by one */
                            singly?: {
                                /** @description named by both */
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            pairs: {
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                first: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                second: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                count: number;
                                /** @description of these, confirmed one by one by both */
                                singly?: number;
                            }[];
                        } | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        finishedAt: number | null;
                    }[];
                };
            };
        };
    };
    assignReading: {
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
                    /** @description UUIDv7 */
                    readerId: string;
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
                        readerId: string;
                        readerName: string;
                        status: "open" | "finished" | "withdrawn";
                        /** @description cells that the second reader has settled */
                        reviewed: number;
                        /** @description cells of the case */
                        cells: number;
                        agreement: {
                            /** @description named by both */
                            cells: number;
                            agreed: number;
                            kappa: number | null;
                            low: number | null;
                            high: number | null;
                            /** @description over the cells that both confirmed one by one */
                            singly?: {
                                /** @description named by both */
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            pairs: {
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                first: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                second: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                count: number;
                                /** @description of these, confirmed one by one by both */
                                singly?: number;
                            }[];
                        } | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        finishedAt: number | null;
                    }[];
                };
            };
        };
    };
    withdrawReading: {
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
    finishReading: {
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
                        readerId: string;
                        readerName: string;
                        status: "open" | "finished" | "withdrawn";
                        /** @description cells that the second reader has settled */
                        reviewed: number;
                        /** @description cells of the case */
                        cells: number;
                        agreement: {
                            /** @description named by both */
                            cells: number;
                            agreed: number;
                            kappa: number | null;
                            low: number | null;
                            high: number | null;
                            /** @description over the cells that both confirmed one by one */
                            singly?: {
                                /** @description named by both */
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            pairs: {
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                first: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                /**
                                 * @description one of the 12 types, or not_identifiable
                                 * @enum {unknown}
                                 */
                                second: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                                count: number;
                                /** @description of these, confirmed one by one by both */
                                singly?: number;
                            }[];
                        } | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        finishedAt: number | null;
                    }[];
                };
            };
        };
    };
    listReadingCells: {
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
                        /**
                         * @description one of the 12 types, or not_identifiable
                         * @enum {unknown}
                         */
                        type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                    }[];
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
                        code: "UNIDENTIFIED_LEFT" | "UNREVIEWED_LEFT" | "SECOND_READING_OPEN" | "BELOW_TARGET" | "NOTHING_COUNTED" | "ANALYSIS_RUNNING" | "UNPRINTABLE" | "FIELDS_WAITING" | "FIELDS_FAILED" | "SCALE_IN_DOUBT" | "SCALE_CHANGED" | "IMAGES_DAMAGED" | "COUNT_NOT_CHOSEN" | "READER_MISSING" | "READER_SIGNS" | "PHRASE_CONTRADICTS" | "SHARE_FAR" | "COUNTS_DISAGREE";
                        blocking: boolean;
                        /** @description how many cells or analyses are left; how many cells lack to the target; how many characters no font has; how many fields are concerned */
                        count: number;
                        /** @description numbers of the fields that are concerned */
                        fields?: number[];
                        /** @description characters that would be printed as their code, each with the word in which it stands */
                        found?: {
                            character: string;
                            word: string;
                        }[];
                        /** @description what is accepted instead of the code, where a code may stand for several */
                        key?: string;
                        /** @description what the report says and what was counted, in percent or as a ratio, with the 95 % interval */
                        numbers?: {
                            part: ("specimen" | "smear" | "stain" | "granulocytic" | "erythroid" | "lymphoid" | "monocytic" | "plasma_cell" | "megakaryocytic" | "blood_film" | "cytochemistry" | "opinion") | null;
                            subject: string | null;
                            claim: ("not_increased" | "not_decreased" | "increased" | "decreased" | "inverted" | "absent" | "normal") | null;
                            /** @description the words of the report that are meant */
                            words: string;
                            types: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            value: number | null;
                            low: number | null;
                            high: number | null;
                            reference: string;
                        };
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
                    draftVersion?: number;
                    /** @description cells by class as the signer saw them, of a case that has cells; left out: whatever is there */
                    counts?: {
                        [key: string]: number;
                    };
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
                        /** @description marrow numbers that were corrected, the newest first */
                        formerNumbers: {
                            number: string;
                            /** @description ms since 1970, UTC */
                            until: number;
                            /** @description name of the person */
                            changedBy: string;
                        }[];
                        /** @description UUIDv7 */
                        patientId: string;
                        patient: {
                            name: string;
                            sex: "female" | "male" | "unknown";
                            birthDate: string | null;
                            hospitalNumber: string;
                            /** @description completed years today, instead of a date of birth that is not shown */
                            ageYears?: number;
                        };
                        site: string;
                        stain: string;
                        /** @description what the clinic thinks it is */
                        diagnosis: string;
                        clinicalNote: string;
                        /** @description who asked for the examination */
                        requester: string;
                        receivedOn: string;
                        target: number;
                        countingRule: string;
                        meRule: string;
                        /** @description counts up with every change */
                        countingRuleVersion: number;
                        reportedCount: ("images" | "microscope" | "both") | null;
                        /** @enum {unknown} */
                        status: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        readerId: string | null;
                        readerName: string | null;
                        secondReading: {
                            /** @description UUIDv7 */
                            id: string;
                            /** @description UUIDv7 */
                            readerId: string;
                            readerName: string;
                            status: "open" | "finished";
                        } | null;
                        synthetic: boolean;
                        /** @description counts up with every change */
                        version: number;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        /** @description ms since 1970, UTC */
                        updatedAt: number;
                        imagesRemovedAt: number | null;
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        newerRuleVersion: number | null;
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
                        /** @description the content and the hash before it are what was hashed, and the audit holds the same hash */
                        intact: boolean;
                        /** @description of this case: signatures and addenda that the audit tells of and that are gone */
                        lost: number;
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
                    password: string;
                    /** @description UNPRINTABLE: characters that no font has may be printed as their code */
                    accepted?: string[];
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
                        /** @description the content and the hash before it are what was hashed, and the audit holds the same hash */
                        intact: boolean;
                        /** @description of this case: signatures and addenda that the audit tells of and that are gone */
                        lost: number;
                    };
                };
            };
        };
    };
    listReferenceTables: {
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
                        /** @description the same for all versions of a table */
                        tableId: string;
                        /** @description counts up with every change */
                        version: number;
                        name: string;
                        source: string;
                        note: string;
                        ranges: {
                            blast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            promyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            myelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            metamyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            band_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            segmented_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            eosinophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            basophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            monocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            lymphocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            plasma_cell?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            erythroblast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            me_ratio?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            megakaryocytes?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                        };
                        builtIn: boolean;
                        /** @description the counter and the reports use it */
                        active: boolean;
                        /** @description somebody confirmed that its ranges hold for this laboratory */
                        confirmed: boolean;
                        confirmedBy: string | null;
                        confirmedAt: number | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    saveReferenceTable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tableId?: string;
                    /** @description counts up with every change */
                    version?: number;
                    name: string;
                    source: string;
                    note: string;
                    ranges: {
                        blast?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        promyelocyte?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        myelocyte?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        metamyelocyte?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        band_neutrophil?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        segmented_neutrophil?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        eosinophil?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        basophil?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        monocyte?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        lymphocyte?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        plasma_cell?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        erythroblast?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        me_ratio?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                        megakaryocytes?: {
                            /** @description what a report prints; made of the limits where there are any */
                            text: string;
                            low?: number;
                            high?: number;
                            /** @description the smallest value that is no longer within */
                            below?: number;
                        };
                    };
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
                        /** @description the same for all versions of a table */
                        tableId: string;
                        /** @description counts up with every change */
                        version: number;
                        name: string;
                        source: string;
                        note: string;
                        ranges: {
                            blast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            promyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            myelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            metamyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            band_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            segmented_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            eosinophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            basophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            monocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            lymphocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            plasma_cell?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            erythroblast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            me_ratio?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            megakaryocytes?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                        };
                        builtIn: boolean;
                        /** @description the counter and the reports use it */
                        active: boolean;
                        /** @description somebody confirmed that its ranges hold for this laboratory */
                        confirmed: boolean;
                        confirmedBy: string | null;
                        confirmedAt: number | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    chooseReferenceTable: {
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
                        /** @description the same for all versions of a table */
                        tableId: string;
                        /** @description counts up with every change */
                        version: number;
                        name: string;
                        source: string;
                        note: string;
                        ranges: {
                            blast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            promyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            myelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            metamyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            band_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            segmented_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            eosinophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            basophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            monocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            lymphocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            plasma_cell?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            erythroblast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            me_ratio?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            megakaryocytes?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                        };
                        builtIn: boolean;
                        /** @description the counter and the reports use it */
                        active: boolean;
                        /** @description somebody confirmed that its ranges hold for this laboratory */
                        confirmed: boolean;
                        confirmedBy: string | null;
                        confirmedAt: number | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    confirmReferenceTable: {
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
                        /** @description the same for all versions of a table */
                        tableId: string;
                        /** @description counts up with every change */
                        version: number;
                        name: string;
                        source: string;
                        note: string;
                        ranges: {
                            blast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            promyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            myelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            metamyelocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            band_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            segmented_neutrophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            eosinophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            basophil?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            monocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            lymphocyte?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            plasma_cell?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            erythroblast?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            me_ratio?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                            megakaryocytes?: {
                                /** @description what a report prints; made of the limits where there are any */
                                text: string;
                                low?: number;
                                high?: number;
                                /** @description the smallest value that is no longer within */
                                below?: number;
                            };
                        };
                        builtIn: boolean;
                        /** @description the counter and the reports use it */
                        active: boolean;
                        /** @description somebody confirmed that its ranges hold for this laboratory */
                        confirmed: boolean;
                        confirmedBy: string | null;
                        confirmedAt: number | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    listPhrases: {
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
                        /** @enum {unknown} */
                        part: "specimen" | "smear" | "stain" | "granulocytic" | "erythroid" | "lymphoid" | "monocytic" | "plasma_cell" | "megakaryocytic" | "blood_film" | "cytochemistry" | "opinion";
                        title: {
                            zh: string;
                            en: string;
                        };
                        text: {
                            zh: string;
                            en: string;
                        };
                        active: boolean;
                        /** @description counts up with every change */
                        version: number;
                    }[];
                };
            };
        };
    };
    addPhrase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    part: "specimen" | "smear" | "stain" | "granulocytic" | "erythroid" | "lymphoid" | "monocytic" | "plasma_cell" | "megakaryocytic" | "blood_film" | "cytochemistry" | "opinion";
                    title: {
                        zh: string;
                        en: string;
                    };
                    text: {
                        zh: string;
                        en: string;
                    };
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
                        part: "specimen" | "smear" | "stain" | "granulocytic" | "erythroid" | "lymphoid" | "monocytic" | "plasma_cell" | "megakaryocytic" | "blood_film" | "cytochemistry" | "opinion";
                        title: {
                            zh: string;
                            en: string;
                        };
                        text: {
                            zh: string;
                            en: string;
                        };
                        active: boolean;
                        /** @description counts up with every change */
                        version: number;
                    };
                };
            };
        };
    };
    changePhrase: {
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
                    part?: "specimen" | "smear" | "stain" | "granulocytic" | "erythroid" | "lymphoid" | "monocytic" | "plasma_cell" | "megakaryocytic" | "blood_film" | "cytochemistry" | "opinion";
                    title?: {
                        zh: string;
                        en: string;
                    };
                    text?: {
                        zh: string;
                        en: string;
                    };
                    active?: boolean;
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
                        part: "specimen" | "smear" | "stain" | "granulocytic" | "erythroid" | "lymphoid" | "monocytic" | "plasma_cell" | "megakaryocytic" | "blood_film" | "cytochemistry" | "opinion";
                        title: {
                            zh: string;
                            en: string;
                        };
                        text: {
                            zh: string;
                            en: string;
                        };
                        active: boolean;
                        /** @description counts up with every change */
                        version: number;
                    };
                };
            };
        };
    };
    getReportSettings: {
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
                        letterhead: {
                            hospital: {
                                zh: string;
                                en: string;
                            };
                            laboratory: {
                                zh: string;
                                en: string;
                            };
                            address: {
                                zh: string;
                                en: string;
                            };
                            logo: string | null;
                        };
                        /** @description counted cells from which on a value outside its range is marked whatever its interval; 0: always */
                        marksFrom: number;
                        /** @description whoever signs a case may not be the one who read it */
                        twoPersons: boolean;
                        /** @description where people reach the site; empty: as the request says it */
                        publicAddress: string;
                        version: number;
                    };
                };
            };
        };
    };
    saveReportSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    letterhead: {
                        hospital: {
                            zh: string;
                            en: string;
                        };
                        laboratory: {
                            zh: string;
                            en: string;
                        };
                        address: {
                            zh: string;
                            en: string;
                        };
                        logo: string | null;
                    };
                    /** @description counted cells from which on a value outside its range is marked whatever its interval; 0: always */
                    marksFrom: number;
                    /** @description whoever signs a case may not be the one who read it */
                    twoPersons: boolean;
                    /** @description where people reach the site; empty: as the request says it */
                    publicAddress: string;
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
                        letterhead: {
                            hospital: {
                                zh: string;
                                en: string;
                            };
                            laboratory: {
                                zh: string;
                                en: string;
                            };
                            address: {
                                zh: string;
                                en: string;
                            };
                            logo: string | null;
                        };
                        /** @description counted cells from which on a value outside its range is marked whatever its interval; 0: always */
                        marksFrom: number;
                        /** @description whoever signs a case may not be the one who read it */
                        twoPersons: boolean;
                        /** @description where people reach the site; empty: as the request says it */
                        publicAddress: string;
                        version: number;
                    };
                };
            };
        };
    };
    addLogo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description a PNG, JPEG or SVG in base64 */
                    file: string;
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
                        sha256: string;
                    };
                };
            };
        };
    };
    getLogo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
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
                    "image/png": unknown;
                };
            };
        };
    };
    getReportDraft: {
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
                        draft: {
                            department: string;
                            bed: string;
                            cellularity: ("extremely_active" | "markedly_active" | "active" | "reduced" | "severely_reduced") | null;
                            megakaryocytes: {
                                count: number | null;
                                stages: {
                                    megakaryoblast?: number;
                                    promegakaryocyte?: number;
                                    granular?: number;
                                    platelet_producing?: number;
                                    naked_nucleus?: number;
                                };
                            };
                            texts: {
                                specimen?: {
                                    zh: string;
                                    en: string;
                                };
                                smear?: {
                                    zh: string;
                                    en: string;
                                };
                                stain?: {
                                    zh: string;
                                    en: string;
                                };
                                granulocytic?: {
                                    zh: string;
                                    en: string;
                                };
                                erythroid?: {
                                    zh: string;
                                    en: string;
                                };
                                lymphoid?: {
                                    zh: string;
                                    en: string;
                                };
                                monocytic?: {
                                    zh: string;
                                    en: string;
                                };
                                plasma_cell?: {
                                    zh: string;
                                    en: string;
                                };
                                megakaryocytic?: {
                                    zh: string;
                                    en: string;
                                };
                                blood_film?: {
                                    zh: string;
                                    en: string;
                                };
                                cytochemistry?: {
                                    zh: string;
                                    en: string;
                                };
                                opinion?: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            pictures: {
                                kind: "cell" | "field";
                                /** @description UUIDv7 */
                                id: string;
                                caption: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                        };
                        /** @description 0 while nothing was entered */
                        version: number;
                    };
                };
            };
        };
    };
    putReportDraft: {
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
                    draft: {
                        department: string;
                        bed: string;
                        cellularity: ("extremely_active" | "markedly_active" | "active" | "reduced" | "severely_reduced") | null;
                        megakaryocytes: {
                            count: number | null;
                            stages: {
                                megakaryoblast?: number;
                                promegakaryocyte?: number;
                                granular?: number;
                                platelet_producing?: number;
                                naked_nucleus?: number;
                            };
                        };
                        texts: {
                            specimen?: {
                                zh: string;
                                en: string;
                            };
                            smear?: {
                                zh: string;
                                en: string;
                            };
                            stain?: {
                                zh: string;
                                en: string;
                            };
                            granulocytic?: {
                                zh: string;
                                en: string;
                            };
                            erythroid?: {
                                zh: string;
                                en: string;
                            };
                            lymphoid?: {
                                zh: string;
                                en: string;
                            };
                            monocytic?: {
                                zh: string;
                                en: string;
                            };
                            plasma_cell?: {
                                zh: string;
                                en: string;
                            };
                            megakaryocytic?: {
                                zh: string;
                                en: string;
                            };
                            blood_film?: {
                                zh: string;
                                en: string;
                            };
                            cytochemistry?: {
                                zh: string;
                                en: string;
                            };
                            opinion?: {
                                zh: string;
                                en: string;
                            };
                        };
                        pictures: {
                            kind: "cell" | "field";
                            /** @description UUIDv7 */
                            id: string;
                            caption: {
                                zh: string;
                                en: string;
                            };
                        }[];
                    };
                    /** @description 0 while nothing was entered */
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
                        draft: {
                            department: string;
                            bed: string;
                            cellularity: ("extremely_active" | "markedly_active" | "active" | "reduced" | "severely_reduced") | null;
                            megakaryocytes: {
                                count: number | null;
                                stages: {
                                    megakaryoblast?: number;
                                    promegakaryocyte?: number;
                                    granular?: number;
                                    platelet_producing?: number;
                                    naked_nucleus?: number;
                                };
                            };
                            texts: {
                                specimen?: {
                                    zh: string;
                                    en: string;
                                };
                                smear?: {
                                    zh: string;
                                    en: string;
                                };
                                stain?: {
                                    zh: string;
                                    en: string;
                                };
                                granulocytic?: {
                                    zh: string;
                                    en: string;
                                };
                                erythroid?: {
                                    zh: string;
                                    en: string;
                                };
                                lymphoid?: {
                                    zh: string;
                                    en: string;
                                };
                                monocytic?: {
                                    zh: string;
                                    en: string;
                                };
                                plasma_cell?: {
                                    zh: string;
                                    en: string;
                                };
                                megakaryocytic?: {
                                    zh: string;
                                    en: string;
                                };
                                blood_film?: {
                                    zh: string;
                                    en: string;
                                };
                                cytochemistry?: {
                                    zh: string;
                                    en: string;
                                };
                                opinion?: {
                                    zh: string;
                                    en: string;
                                };
                            };
                            pictures: {
                                kind: "cell" | "field";
                                /** @description UUIDv7 */
                                id: string;
                                caption: {
                                    zh: string;
                                    en: string;
                                };
                            }[];
                        };
                        /** @description 0 while nothing was entered */
                        version: number;
                    };
                };
            };
        };
    };
    getReportPdf: {
        parameters: {
            query?: {
                lang?: "zh" | "en";
                /** @description UUIDv7 */
                addendum?: string;
                v?: string;
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
                    "application/pdf": unknown;
                };
            };
        };
    };
    getReportCsv: {
        parameters: {
            query?: {
                lang?: "zh" | "en";
                /** @description UUIDv7 */
                addendum?: string;
                v?: string;
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
                    "text/csv": unknown;
                };
            };
        };
    };
    getReportWorkbook: {
        parameters: {
            query?: {
                lang?: "zh" | "en";
                /** @description UUIDv7 */
                addendum?: string;
                v?: string;
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
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
        };
    };
    getReport: {
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
            /** @description a Report of cytology/report.ts, with its notice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    previewAddendum: {
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
                        /** @description of ?addendum= of the report as PDF, for its writer, ten minutes long */
                        id: string;
                    };
                };
            };
        };
    };
    verifyReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
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
                        /**
                         * @description superseded: valid, and something was added later; not_valid: what is kept is no longer what was signed; unknown: nothing with this hash is kept
                         * @enum {unknown}
                         */
                        state: "valid" | "superseded" | "not_valid" | "unknown";
                        signedAt: number | null;
                    };
                };
            };
        };
    };
    verifySignature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
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
                        /** @description a signature or an addendum with this hash is kept here */
                        exists: boolean;
                        /** @description what is kept still has this hash, and follows the one before it */
                        intact: boolean;
                        kind: ("signature" | "addendum") | null;
                        caseId: string | null;
                        marrowNumber: string | null;
                        userName: string | null;
                        at: number | null;
                    };
                };
            };
        };
    };
    listCountingRules: {
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
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        builtIn: boolean;
                        /** @description a case may be given it; of earlier versions and withdrawn rules none is */
                        active: boolean;
                        /** @description new cases get it */
                        isDefault: boolean;
                        /** @description the name */
                        createdBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    saveCountingRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ruleId?: string;
                    /** @description counts up with every change */
                    version?: number;
                    name: string;
                    description: string;
                    source: string;
                    note: string;
                    denominator: string[];
                    meRule: {
                        name: string;
                        source: string;
                        note: string;
                        numerator: string[];
                        denominator: string[];
                    };
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
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        builtIn: boolean;
                        /** @description a case may be given it; of earlier versions and withdrawn rules none is */
                        active: boolean;
                        /** @description new cases get it */
                        isDefault: boolean;
                        /** @description the name */
                        createdBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    };
                };
            };
        };
    };
    withdrawCountingRule: {
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
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        builtIn: boolean;
                        /** @description a case may be given it; of earlier versions and withdrawn rules none is */
                        active: boolean;
                        /** @description new cases get it */
                        isDefault: boolean;
                        /** @description the name */
                        createdBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    restoreCountingRule: {
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
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        builtIn: boolean;
                        /** @description a case may be given it; of earlier versions and withdrawn rules none is */
                        active: boolean;
                        /** @description new cases get it */
                        isDefault: boolean;
                        /** @description the name */
                        createdBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    makeCountingRuleDefault: {
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
                        rule: {
                            id: string;
                            /** @description counts up with every change */
                            version: number;
                            name: string;
                            description: string;
                            source: string;
                            note?: string;
                            denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            meRule: {
                                id: string;
                                name: string;
                                description: string;
                                source: string;
                                note?: string;
                                numerator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                                denominator: ("blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast")[];
                            };
                        };
                        builtIn: boolean;
                        /** @description a case may be given it; of earlier versions and withdrawn rules none is */
                        active: boolean;
                        /** @description new cases get it */
                        isDefault: boolean;
                        /** @description the name */
                        createdBy: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                    }[];
                };
            };
        };
    };
    getStatisticsChoices: {
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
                        sites: string[];
                        recognisers: string[];
                        readers: {
                            /** @description UUIDv7 */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                site?: string;
                /** @description part of the text, any case */
                diagnosis?: string;
                reader?: "none" | string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description name and version */
                recogniser?: string;
                /** @description the type that atLeast and atMost bound */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                atLeast?: number;
                atMost?: number;
                name?: string;
                /** @description with cases that the program drew */
                synthetic?: boolean;
                by?: "day" | "week" | "month";
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
                        cases: number;
                        signed: number;
                        cells: number;
                        reviewed: number;
                        singly: number;
                        together: number;
                        corrected: number;
                        correctedSingly: number;
                        doubtful: number;
                        /** @description hours from receipt to the first signature */
                        turnaround: {
                            cases: number;
                            median: number | null;
                            q1: number | null;
                            q3: number | null;
                        };
                        periods: {
                            start: string;
                            cases: number;
                            signed: number;
                            cells: number;
                            reviewed: number;
                            singly: number;
                            together: number;
                            corrected: number;
                            correctedSingly: number;
                            doubtful: number;
                        }[];
                    };
                };
            };
        };
    };
    getDistributions: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                site?: string;
                /** @description part of the text, any case */
                diagnosis?: string;
                reader?: "none" | string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description name and version */
                recogniser?: string;
                /** @description the type that atLeast and atMost bound */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                atLeast?: number;
                atMost?: number;
                name?: string;
                /** @description with cases that the program drew */
                synthetic?: boolean;
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
                        cases: number;
                        cells: number;
                        /** @description name of the reference ranges */
                        ranges: string;
                        types: {
                            /** @enum {unknown} */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                            cells: number;
                            percent: number | null;
                            median: number | null;
                            q1: number | null;
                            q3: number | null;
                            range: string | null;
                            below: number;
                            above: number;
                        }[];
                    };
                };
            };
        };
    };
    getCorrections: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                site?: string;
                /** @description part of the text, any case */
                diagnosis?: string;
                reader?: "none" | string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description name and version */
                recogniser?: string;
                /** @description the type that atLeast and atMost bound */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                atLeast?: number;
                atMost?: number;
                name?: string;
                /** @description with cases that the program drew */
                synthetic?: boolean;
                /** @description only the cells that were confirmed one by one */
                confirmed?: "singly";
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
                        reviewed: number;
                        agreed: {
                            value: number | null;
                            low: number | null;
                            high: number | null;
                        };
                        /** @description of the model and the doctor: over all reviewed cells, and over those confirmed one by one */
                        kappa: {
                            all: {
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            singly: {
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                        };
                        corrections: {
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            suggested: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            count: number;
                        }[];
                        types: {
                            /**
                             * @description one of the 12 types, or not_identifiable
                             * @enum {unknown}
                             */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast" | "not_identifiable";
                            agreed: number;
                            suggested: number;
                            named: number;
                            precision: {
                                value: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            recall: {
                                value: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            f1: {
                                value: number | null;
                                low: number | null;
                                high: number | null;
                            };
                        }[];
                    };
                };
            };
        };
    };
    getDrift: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                site?: string;
                /** @description part of the text, any case */
                diagnosis?: string;
                reader?: "none" | string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description name and version */
                recogniser?: string;
                /** @description the type that atLeast and atMost bound */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                atLeast?: number;
                atMost?: number;
                name?: string;
                /** @description with cases that the program drew */
                synthetic?: boolean;
                /** @description only the cells that were confirmed one by one */
                confirmed?: "singly";
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
                        centre: number | null;
                        sigma: number | null;
                        /** @description the last week signals */
                        drifting: boolean;
                        weeks: {
                            start: string;
                            reviewed: number;
                            corrected: number;
                            share: {
                                value: number | null;
                                low: number | null;
                                high: number | null;
                            };
                            limitLow: number | null;
                            limitHigh: number | null;
                            signal: "none" | "beyond_limits" | "run";
                        }[];
                    };
                };
            };
        };
    };
    getDifferences: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                site?: string;
                /** @description part of the text, any case */
                diagnosis?: string;
                reader?: "none" | string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description name and version */
                recogniser?: string;
                /** @description the type that atLeast and atMost bound */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                atLeast?: number;
                atMost?: number;
                name?: string;
                /** @description with cases that the program drew */
                synthetic?: boolean;
                /** @description the type whose cases are points */
                of?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
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
                        cases: number;
                        /** @enum {unknown} */
                        type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                        types: {
                            /** @enum {unknown} */
                            type: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                            bias: number | null;
                            sd: number | null;
                            low: number | null;
                            high: number | null;
                        }[];
                        points: {
                            /** @description UUIDv7 */
                            caseId: string;
                            model: number;
                            signed: number;
                        }[];
                    };
                };
            };
        };
    };
    getReaderAgreement: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                site?: string;
                /** @description part of the text, any case */
                diagnosis?: string;
                reader?: "none" | string;
                status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                /** @description name and version */
                recogniser?: string;
                /** @description the type that atLeast and atMost bound */
                type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                atLeast?: number;
                atMost?: number;
                name?: string;
                /** @description with cases that the program drew */
                synthetic?: boolean;
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
                        cases: number;
                        pooled: {
                            cells: number;
                            agreed: number;
                            kappa: number | null;
                            low: number | null;
                            high: number | null;
                            /** @description over the cells that both confirmed one by one */
                            singly: {
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                        };
                        readers: {
                            one: {
                                /** @description UUIDv7 */
                                id: string;
                                name: string;
                            } | null;
                            other: {
                                /** @description UUIDv7 */
                                id: string;
                                name: string;
                            };
                            cases: number;
                            cells: number;
                            agreed: number;
                            kappa: number | null;
                            low: number | null;
                            high: number | null;
                            /** @description over the cells that both confirmed one by one */
                            singly: {
                                cells: number;
                                agreed: number;
                                kappa: number | null;
                                low: number | null;
                                high: number | null;
                            };
                        }[];
                    };
                };
            };
        };
    };
    listResearchExports: {
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
                        /** @enum {unknown} */
                        status: "queued" | "running" | "done" | "cancelled" | "failed";
                        filter: {
                            from?: string;
                            to?: string;
                            site?: string;
                            /** @description part of the text, any case */
                            diagnosis?: string;
                            reader?: "none" | string;
                            /** @enum {unknown} */
                            status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            /** @description name and version */
                            recogniser?: string;
                            /**
                             * @description the type that atLeast and atMost bound
                             * @enum {unknown}
                             */
                            type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                            atLeast?: number;
                            atMost?: number;
                            name?: string;
                            /** @description with cases that the program drew */
                            synthetic?: boolean;
                        };
                        images: boolean;
                        cases: number;
                        /** @description cases */
                        done: number;
                        bytes: number;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        finishedAt: number | null;
                    }[];
                };
            };
        };
    };
    beginResearchExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filter: {
                        from?: string;
                        to?: string;
                        site?: string;
                        /** @description part of the text, any case */
                        diagnosis?: string;
                        reader?: "none" | string;
                        /** @enum {unknown} */
                        status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                        /** @description name and version */
                        recogniser?: string;
                        /**
                         * @description the type that atLeast and atMost bound
                         * @enum {unknown}
                         */
                        type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                        atLeast?: number;
                        atMost?: number;
                        name?: string;
                        /** @description with cases that the program drew */
                        synthetic?: boolean;
                    };
                    images: boolean;
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
                        filter: {
                            from?: string;
                            to?: string;
                            site?: string;
                            /** @description part of the text, any case */
                            diagnosis?: string;
                            reader?: "none" | string;
                            /** @enum {unknown} */
                            status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            /** @description name and version */
                            recogniser?: string;
                            /**
                             * @description the type that atLeast and atMost bound
                             * @enum {unknown}
                             */
                            type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                            atLeast?: number;
                            atMost?: number;
                            name?: string;
                            /** @description with cases that the program drew */
                            synthetic?: boolean;
                        };
                        images: boolean;
                        cases: number;
                        /** @description cases */
                        done: number;
                        bytes: number;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        finishedAt: number | null;
                    };
                };
            };
        };
    };
    getResearchExport: {
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
                        filter: {
                            from?: string;
                            to?: string;
                            site?: string;
                            /** @description part of the text, any case */
                            diagnosis?: string;
                            reader?: "none" | string;
                            /** @enum {unknown} */
                            status?: "pending" | "analysing" | "in_review" | "signed" | "addended";
                            /** @description name and version */
                            recogniser?: string;
                            /**
                             * @description the type that atLeast and atMost bound
                             * @enum {unknown}
                             */
                            type?: "blast" | "promyelocyte" | "myelocyte" | "metamyelocyte" | "band_neutrophil" | "segmented_neutrophil" | "eosinophil" | "basophil" | "monocyte" | "lymphocyte" | "plasma_cell" | "erythroblast";
                            atLeast?: number;
                            atMost?: number;
                            name?: string;
                            /** @description with cases that the program drew */
                            synthetic?: boolean;
                        };
                        images: boolean;
                        cases: number;
                        /** @description cases */
                        done: number;
                        bytes: number;
                        error: string | null;
                        /** @description ms since 1970, UTC */
                        createdAt: number;
                        finishedAt: number | null;
                    };
                };
            };
        };
    };
    endResearchExport: {
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
    downloadResearchExport: {
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
                    "application/gzip": unknown;
                };
            };
        };
    };
    previewErasure: {
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
                        /** @description counts up with every change */
                        version: number;
                        /** @description what is to be typed: the hospital number, else the name */
                        confirm: string;
                        /** @description patients that were merged into this one and go with it */
                        duplicates: number;
                        cases: number;
                        fields: number;
                        /** @description of the original images */
                        bytes: number;
                        cells: number;
                        /** @description signed */
                        reports: number;
                        /** @description second readings */
                        readings: number;
                        /** @description reference cells that were kept from the patient’s cells */
                        references: number;
                    };
                };
            };
        };
    };
    erasePatient: {
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
                    reason: string;
                    confirm: string;
                    acceptSigned?: boolean;
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
                        /** @description ms since 1970, UTC */
                        at: number;
                        cases: number;
                        fields: number;
                        /** @description of the original images */
                        bytes: number;
                        cells: number;
                        /** @description signed */
                        reports: number;
                        /** @description second readings */
                        readings: number;
                        /** @description reference cells that were kept from the patient’s cells */
                        references: number;
                    };
                };
            };
        };
    };
    exportPatient: {
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
                    "application/x-tar": unknown;
                };
            };
        };
    };
    getRetention: {
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
                        rules: {
                            /** @description null: keep for ever */
                            imagesYears: number | null;
                            /** @description null: keep for ever */
                            patientsYears: number | null;
                            version: number;
                        };
                        nextAt: number | null;
                        /** @description the newest first */
                        runs: {
                            /** @enum {unknown} */
                            status: "running" | "done" | "failed" | "asking";
                            /** @description null: keep for ever */
                            imagesYears: number | null;
                            /** @description null: keep for ever */
                            patientsYears: number | null;
                            /** @description whose images were removed */
                            cases: number;
                            /** @description who were erased */
                            patients: number;
                            error: string | null;
                            /** @description of one that asks: what would go; null where it asks because the clock is in doubt */
                            due: {
                                cases: number;
                                patients: number;
                            } | null;
                            /** @description ms since 1970, UTC */
                            startedAt: number;
                            finishedAt: number | null;
                        }[];
                    };
                };
            };
        };
    };
    saveRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: keep for ever */
                    imagesYears: number | null;
                    /** @description null: keep for ever */
                    patientsYears: number | null;
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
                        /** @description null: keep for ever */
                        imagesYears: number | null;
                        /** @description null: keep for ever */
                        patientsYears: number | null;
                        version: number;
                    };
                };
            };
        };
    };
    getRetentionDue: {
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
                        /** @description ms since 1970, UTC */
                        at: number;
                        /** @description of the rules */
                        version: number;
                        /** @description whose images would go */
                        cases: number;
                        /** @description who would be erased */
                        patients: number;
                        patientList: {
                            id: string;
                            name: string;
                            hospitalNumber: string;
                            lastCaseOn: string | null;
                        }[];
                        caseList: {
                            id: string;
                            marrowNumber: string;
                            receivedOn: string;
                        }[];
                    };
                };
            };
        };
    };
    confirmRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    /** @description ms since 1970, UTC */
                    at: number;
                    version: number;
                    cases: number;
                    patients: number;
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
                        rules: {
                            /** @description null: keep for ever */
                            imagesYears: number | null;
                            /** @description null: keep for ever */
                            patientsYears: number | null;
                            version: number;
                        };
                        nextAt: number | null;
                        /** @description the newest first */
                        runs: {
                            /** @enum {unknown} */
                            status: "running" | "done" | "failed" | "asking";
                            /** @description null: keep for ever */
                            imagesYears: number | null;
                            /** @description null: keep for ever */
                            patientsYears: number | null;
                            /** @description whose images were removed */
                            cases: number;
                            /** @description who were erased */
                            patients: number;
                            error: string | null;
                            /** @description of one that asks: what would go; null where it asks because the clock is in doubt */
                            due: {
                                cases: number;
                                patients: number;
                            } | null;
                            /** @description ms since 1970, UTC */
                            startedAt: number;
                            finishedAt: number | null;
                        }[];
                    };
                };
            };
        };
    };
    previewRetention: {
        parameters: {
            query?: {
                imagesYears?: number;
                patientsYears?: number;
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
                        images: {
                            cases: number;
                            fields: number;
                            bytes: number;
                        };
                        patients: {
                            patients: number;
                            cases: number;
                            /** @description old enough, but with a case that is not signed */
                            kept: number;
                        };
                    };
                };
            };
        };
    };
}
