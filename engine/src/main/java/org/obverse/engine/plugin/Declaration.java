package org.obverse.engine.plugin;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.obverse.api.plugin.ApiVersion;

/**
 * What the manifest of a plugin's jar says, read before any of its classes is loaded.
 *
 * @param id under {@code Obverse-Plugin}
 * @param version under {@code Obverse-Plugin-Version}
 */
record Declaration(String id, String version) {
    static final String ID = "Obverse-Plugin";
    static final String VERSION = "Obverse-Plugin-Version";
    static final String API = "Obverse-Api";

    /** Whether a manifest has one of the entries. */
    static boolean isIn(Manifest manifest) {
        Attributes entries = manifest.getMainAttributes();
        return entries.getValue(ID) != null || entries.getValue(VERSION) != null || entries.getValue(API) != null;
    }

    /**
     * @throws PluginFailedException if an entry is missing, or the plugin was built against an API that the engine is not
     */
    static Declaration of(Manifest manifest, Path jar) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String name : new String[] {ID, VERSION, API}) {
            String value = manifest.getMainAttributes().getValue(name);
            if (value == null || value.isBlank()) {
                throw new PluginFailedException(
                        jar.toString(),
                        "the jar's manifest has no entry " + name + "; a plugin's has " + ID + ", " + VERSION + " and "
                                + API + ", so let its build write them; a library belongs into a sub-folder, beside the"
                                + " plugin that needs it");
            }
            entries.put(name, value.strip());
        }
        requireAdmitted(String.valueOf(entries.get(API)), jar);
        return new Declaration(String.valueOf(entries.get(ID)), String.valueOf(entries.get(VERSION)));
    }

    private static void requireAdmitted(String text, Path jar) {
        ApiVersion current = ApiVersion.CURRENT;
        ApiVersion built;
        try {
            built = ApiVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw new PluginFailedException(
                    jar.toString(),
                    "the manifest's entry " + API + ": " + text + " is no version of the API; write the one that it was"
                            + " built against, such as " + current);
        }
        if (current.admits(built)) {
            return;
        }
        boolean older = built.major() < current.major()
                || (built.major() == current.major() && built.minor() < current.minor());
        String wayOut = older
                ? "which is an older one that this Obverse no longer speaks; rebuild the plugin against " + current
                : "which is later than this Obverse's; update Obverse, or take a build of the plugin for " + current;
        throw new PluginFailedException(
                jar.toString(), "the plugin was built against version " + built + " of the API, " + wayOut);
    }
}
