package org.obverse.engine.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plugin.Registry;

/**
 * Reads plan files. Only what needs a data set or a network is left to {@link PlanChecks}; every other problem of every
 * cell is found here, and all are thrown together.
 */
public final class PlanReader {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._=,+-]*";

    private final Components components;

    public PlanReader(Registry registry) {
        this.components = new Components(registry);
    }

    /**
     * @param overrides {@code key=value} with a dotted key, such as {@code target.defense.0.alpha=-0.1}; the value is
     *     YAML
     * @throws InvalidConfigurationException with every problem of the plan
     * @throws org.obverse.engine.plugin.PluginFailedException if a component's configuration or requirements throw
     */
    public Study read(Path file, List<String> overrides) {
        String fileName = String.valueOf(file.getFileName());
        return read(text(file), fileName, fileName.replaceFirst("\\.[^.]*$", ""), overrides);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such plan file", "name an existing YAML file");
        } catch (IOException e) {
            throw unreadable(file, "the plan cannot be read: " + e, "it must be a readable text file in UTF-8");
        }
    }

    private static InvalidConfigurationException unreadable(Path file, String message, String wayOut) {
        return new InvalidConfigurationException(new Problem(file.toString(), message, wayOut));
    }

    /**
     * Reads a plan that is at hand as text.
     *
     * @param source what the text is, for messages
     * @param name of the study if the text gives none
     */
    public Study read(String text, String source, String name, List<String> overrides) {
        Node node = Yaml.read(text, source);
        if (!(node instanceof Mapping written)) {
            throw new InvalidConfigurationException(new Problem(
                    source,
                    node.line(),
                    "a plan consists of keys and values, found " + node.found(),
                    "start with data: { use: NAME }"));
        }
        return read(Overrides.apply(overrides, written), name);
    }

    /** Reads a plan that is at hand as a tree. */
    public Study read(Mapping tree, String name) {
        StudyTree study = StudyTree.of(tree);
        String studyName = name(study.base(), name);
        Set<Problem> problems = new LinkedHashSet<>(study.problems());
        List<Cell> cells = new ArrayList<>();
        if (!studyName.matches(NAME)) {
            problems.add(new Problem(
                    "name",
                    study.base().line("name"),
                    "'" + studyName + "' cannot be the name of a directory",
                    "use letters, digits and . _ = , + -"));
        }
        for (StudyTree.Variant variant : study.variants()) {
            String cell = variant.name(studyName);
            String run = variant.coordinates().isEmpty() ? studyName : studyName + "-" + cell;
            PlanBinding binding = new PlanBinding(components, variant.tree());
            Optional<Plan> plan = binding.bind(run);
            problems.addAll(binding.problems());
            plan.ifPresent(bound -> cells.add(new Cell(cell, variant.coordinates(), bound, binding.whole())));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.stream()
                    .sorted(Comparator.comparingInt(
                            problem -> problem.line() == 0 ? Integer.MAX_VALUE : problem.line()))
                    .toList());
        }
        return new Study(studyName, cells, tree);
    }

    /** A name that is no text is reported when the plan is bound. */
    private static String name(Mapping tree, String fallback) {
        return tree.get("name").orElse(tree) instanceof Scalar scalar && scalar.value() instanceof String given
                ? given
                : fallback;
    }
}
