package org.obverse.plugins.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What MLflow takes at once, and under which names: its REST API's description of "Log Batch" and of the fields of runs, and the
 * names that its error messages permit.
 */
final class Limits {
    static final int METRICS = 1000;
    static final int PARAMS = 100;
    static final int NAME = 250;
    static final int PARAM = 6000;
    static final int TAG = 5000;
    /** Of a request's million bytes, which escapes can multiply. */
    private static final int CHARACTERS = 100_000;

    private Limits() {}

    /**
     * A name of letters, digits, and {@code _ - . /} and blanks that is its own path: others become {@code _}.
     */
    static String name(String text) {
        StringBuilder name = new StringBuilder();
        for (String part : text.replaceAll("[^A-Za-z0-9_\\-. /]", "_").split("/", -1)) {
            boolean isPart = !part.isBlank() && !part.equals(".") && !part.equals("..");
            name.append(name.length() == 0 ? "" : "/").append(isPart ? part : "_");
        }
        return cut(name.toString(), NAME);
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }

    /** Parts of a list, none of which has more elements. */
    static <T> List<List<T>> parts(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
    }

    /** Parts of parameters that fit into one request each. */
    static List<Map<String, String>> parts(Map<String, String> params) {
        List<Map<String, String>> parts = new ArrayList<>();
        int characters = CHARACTERS;
        for (Map.Entry<String, String> param : params.entrySet()) {
            int size = param.getKey().length() + param.getValue().length();
            if (characters + size > CHARACTERS || parts.get(parts.size() - 1).size() == PARAMS) {
                parts.add(new LinkedHashMap<>());
                characters = 0;
            }
            characters += size;
            parts.get(parts.size() - 1).put(param.getKey(), param.getValue());
        }
        return parts;
    }
}
