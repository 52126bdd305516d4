package org.obverse.engine.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.RegularFile;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Blank;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plugin.Registry;

/**
 * Reads plan files. Only what needs a data set or a network is left to {@link PlanChecks}; every other problem of every
 * cell is found here, and all are thrown together.
 */
public final class PlanReader {
    /** Less than the YAML reader itself takes, in bytes. */
    private static final int LONGEST = 2_000_000;

    private static final String OBJECTS = "objects";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._=,+-]*";

    private final Components components;
    private final Consumer<String> remarks;
    private final int mostCells;

    public PlanReader(Registry registry) {
        this(registry, remark -> {}, Integer.MAX_VALUE);
    }

    /**
     * @param remarks told in a line each what overrides do beside what they say
     * @param mostCells studies of more are refused
     */
    public PlanReader(Registry registry, Consumer<String> remarks, int mostCells) {
        this.components = new Components(registry);
        this.remarks = remarks;
        this.mostCells = mostCells;
    }

    /** What a plan calls its run: its key {@code name}, or that of its file. */
    public static String name(Path file) {
        return Yaml.reading(text(file), file.toString()).node() instanceof Mapping tree
                ? name(tree, fileName(file))
                : fileName(file);
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }

    /**
     * @param overrides {@code key=value} with a dotted key, such as {@code target.defense.0.alpha=-0.1}; the value is
     *     YAML; {@code ~key} drops a key
     * @throws InvalidConfigurationException with every problem of the plan
     * @throws org.obverse.engine.plugin.PluginFailedException if a component's configuration or requirements throw
     */
    public Study read(Path file, List<String> overrides) {
        return read(text(file), String.valueOf(file.getFileName()), fileName(file), overrides);
    }

    private static String text(Path file) {
        String wayOut = "name a plan, a YAML file in UTF-8";
        try {
            byte[] bytes = RegularFile.read(file, LONGEST, file.toString(), wayOut);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidConfigurationException(new Problem(file.toString(), "is not text in UTF-8", wayOut));
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    new Problem(file.toString(), "the plan cannot be read: " + e, wayOut));
        }
    }

    /**
     * Reads a plan that is at hand as text.
     *
     * @param source what the text is, for messages
     * @param name of the study if the text gives none
     */
    public Study read(String text, String source, String name, List<String> overrides) {
        Yaml.Reading reading = Yaml.reading(text, source);
        Node node = reading.node();
        List<Problem> faults = reading.problems();
        if (!(node instanceof Mapping written)) {
            List<Problem> problems = new ArrayList<>(faults);
            problems.add(new Problem(
                    source,
                    node.line(),
                    "a plan consists of keys and values, found " + node.found(),
                    "start with data: { use: NAME }"));
            throw new InvalidConfigurationException(problems);
        }
        if (faults.stream().anyMatch(fault -> isBelow(fault.path(), StudyTree.STUDY))) {
            throw new InvalidConfigurationException(faults);
        }
        Overrides applied = Overrides.ofCommandLine(remarks);
        Mapping tree = applied.apply(overrides, written);
        return read(tree, name, applied.problems(), faults);
    }

    /** Reads a plan that is at hand as a tree. */
    public Study read(Mapping tree, String name) {
        return read(tree, name, List.of(), List.of());
    }

    private Study read(Mapping tree, String name, List<Problem> found, List<Problem> faults) {
        StudyTree study = StudyTree.of(tree);
        if (study.variants().size() > mostCells) {
            throw new InvalidConfigurationException(new Problem(
                    StudyTree.STUDY,
                    "makes %d cells, more than %d".formatted(study.variants().size(), mostCells),
                    "vary less, or allow more with --max-cells"));
        }
        String studyName = name(study.base(), name);
        Set<Problem> problems = new LinkedHashSet<>(found);
        problems.addAll(study.problems());
        List<Cell> cells = new ArrayList<>();
        nameProblem(studyName)
                .map(problem -> problem.at(study.base().line("name")))
                .ifPresent(problems::add);
        for (StudyTree.Variant variant : study.variants()) {
            String cell = variant.name(studyName);
            String run = variant.coordinates().isEmpty() ? studyName : StudyTree.shortened(studyName + "-" + cell);
            PlanBinding binding = new PlanBinding(components, variant.tree(), faults);
            Optional<Plan> plan = binding.bind(run);
            problems.addAll(binding.problems());
            plan.ifPresent(bound -> cells.add(new Cell(
                    cell,
                    variant.coordinates(),
                    bound,
                    binding.whole(),
                    binding.problems().isEmpty() ? Threat.of(bound, components) : Set.of())));
        }
        if (problems.isEmpty()) {
            problems.addAll(Swaps.idle(cells));
        }
        faults.stream()
                .filter(fault -> tree.at(fault.path()).orElse(tree) instanceof Blank)
                .forEach(blank -> problems.removeIf(problem -> explains(blank, problem)));
        problems.addAll(faults);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.stream()
                    .sorted(Comparator.comparingInt(
                            problem -> problem.line() == 0 ? Integer.MAX_VALUE : problem.line()))
                    .toList());
        }
        return new Study(studyName, cells, tree);
    }

    /** What could not be read is not missed as well, nor is a component without its name. */
    private static boolean explains(Problem fault, Problem problem) {
        return isBelow(problem.path(), fault.path()) || fault.path().equals(problem.path() + "." + Binder.USE);
    }

    private static boolean isBelow(String path, String above) {
        return path.equals(above) || path.startsWith(above + ".");
    }

    /** A run's name is that of its folder, beside the folder of all artifacts. */
    private static Optional<Problem> nameProblem(String name) {
        if (!name.matches(NAME)) {
            return Optional.of(new Problem(
                    "name",
                    "'" + name + "' cannot be the name of a folder",
                    "begin with a letter or digit, and use letters, digits and . _ = , + -"));
        }
        if (name.length() > StudyTree.LONGEST_NAME) {
            return Optional.of(new Problem(
                    "name",
                    "a name of " + name.length() + " characters is too long for a folder",
                    "use at most " + StudyTree.LONGEST_NAME));
        }
        return name.equals(OBJECTS)
                ? Optional.of(new Problem(
                        "name", "'" + name + "' is the folder of all runs' artifacts", "choose another name"))
                : Optional.empty();
    }

    /** A name that is no text is reported when the plan is bound. */
    private static String name(Mapping tree, String fallback) {
        return tree.get("name").orElse(tree) instanceof Scalar scalar && scalar.value() instanceof String given
                ? given
                : fallback;
    }
}
