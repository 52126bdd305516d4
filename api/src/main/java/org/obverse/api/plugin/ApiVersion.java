package org.obverse.api.plugin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of this API; the jar {@code baseline/obverse-api.jar} beside the module is the one that plugins may have been
 * built against.
 *
 * <p>Before 1.0 every change raises {@code minor}, and nothing is promised: a jar runs with the version that it was built
 * against. 1.0 comes with the first plugin that somebody outside of this repository maintains. From then on what was removed
 * or changed raises {@code major}, what was added raises {@code minor}, and a jar runs with every later minor of its major.
 *
 * @param major from 0
 * @param minor from 0
 */
public record ApiVersion(int major, int minor) {
    /** Of the API that these classes are. */
    public static final ApiVersion CURRENT = new ApiVersion(0, 9);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

    /**
     * Reads what {@link #toString} writes, which is also what the manifest of a plugin's jar says under {@code Obverse-Api}.
     *
     * @throws IllegalArgumentException if it is not two numbers around a dot
     */
    public static ApiVersion of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version of the API, such as " + CURRENT);
        }
        return new ApiVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Whether a plugin that was built against another version runs with this one. */
    public boolean admits(ApiVersion built) {
        return major == 0 ? built.equals(this) : built.major == major && built.minor <= minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
