package org.obverse.engine.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The way out of a misspelt name: the closest one, and all that exist. */
public final class Suggestion {
    /** Names that are listed. */
    private static final int MOST = 100;

    private Suggestion() {}

    /**
     * For example {@code did you mean 'alpha'? known keys: alpha, schedule}.
     *
     * @param what exists, such as {@code known keys}
     */
    public static String of(String word, String what, Collection<String> known) {
        String all = known.isEmpty() ? "there are no " + what : what + ": " + listed(new TreeSet<>(known));
        return closest(word, known)
                        .map(close -> "did you mean '" + close + "'? ")
                        .orElse("")
                + all;
    }

    private static String listed(SortedSet<String> known) {
        String first = known.stream().limit(MOST).collect(Collectors.joining(", "));
        return known.size() <= MOST ? first : first + " and " + (known.size() - MOST) + " more";
    }

    /** The known name with the least edits, if those are few for a word of that length. */
    static Optional<String> closest(String word, Collection<String> known) {
        int most = Math.max(1, word.length() / 3);
        return new TreeSet<>(known)
                .stream()
                        .filter(name -> edits(word, name) <= most)
                        .min(Comparator.comparingInt(name -> edits(word, name)));
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, optimal string alignment). */
    static int edits(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : edits(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int edits(int[][] d, String a, String b, int i, int j) {
        int substituted = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(substituted, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
