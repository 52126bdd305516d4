package org.obverse.cli.panel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * What somebody said about panels.
 *
 * @param given by the panel's name; who gave none is not among them
 */
record Answers(Map<String, Answer> given) {
    private static final List<String> COLUMNS = List.of("panel", "answer");
    private static final int NAMED = 10;

    enum Answer {
        YES,
        NO,
        REFUSED
    }

    Answers {
        given = Map.copyOf(given);
    }

    /**
     * @throws InvalidConfigurationException with everything that is no answer to a panel of the key
     */
    static Answers read(Path file, Key key) {
        Set<String> panels = key.panels().stream().map(Panel::name).collect(Collectors.toSet());
        String example = key.panels().get(0).name();
        Map<String, Answer> given = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Map<String, String> row :
                Csv.read(file, COLUMNS, "name a file of answers as questions.txt beside the panels describes it")) {
            String panel = row.getOrDefault("panel", "");
            String subject = file + ", panel '" + panel + "'";
            String word = row.getOrDefault("answer", "");
            if (!panels.contains(panel)) {
                problems.add(new Problem(
                        subject,
                        "the key " + key.file() + " has no such panel",
                        "name panels as their files are called, such as " + example + ", or another key with --key"));
            } else if (given.containsKey(panel)) {
                problems.add(new Problem(subject, "is answered twice", "keep one answer"));
            } else {
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "yes" -> given.put(panel, Answer.YES);
                    case "no" -> given.put(panel, Answer.NO);
                    case "refused" -> given.put(panel, Answer.REFUSED);
                    default ->
                        problems.add(new Problem(subject, "'" + word + "' is no answer", "write yes, no or refused"));
                }
            }
        }
        if (given.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(file.toString(), "has no answer", "add lines such as " + example + ",yes"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(shortened(problems, file));
        }
        return new Answers(given);
    }

    private static List<Problem> shortened(List<Problem> problems, Path file) {
        if (problems.size() <= NAMED) {
            return problems;
        }
        List<Problem> first = new ArrayList<>(problems.subList(0, NAMED));
        first.add(new Problem(file.toString(), "has " + (problems.size() - NAMED) + " more such lines", ""));
        return first;
    }
}
