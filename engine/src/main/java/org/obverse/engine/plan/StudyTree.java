package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * A plan's tree, cut into the trees of its cells.
 *
 * @param base the tree without the key {@code study}
 * @param problems of the axes
 */
record StudyTree(Mapping base, List<Variant> variants, List<Problem> problems) {
    /** File systems take 255 bytes, of which the names of unfinished files need some for themselves. */
    static final int LONGEST_NAME = 180;

    private static final int HASH = 12;
    private static final String NAME = "name";
    static final String STUDY = "study";
    static final String AXES = "axes";

    /** The tree of one cell. */
    record Variant(Mapping tree, List<Coordinate> coordinates) {
        Variant {
            coordinates = List.copyOf(coordinates);
        }

        Variant at(Coordinate coordinate, Mapping changed) {
            List<Coordinate> more = new ArrayList<>(coordinates);
            more.add(coordinate);
            return new Variant(changed, more);
        }

        /** Fit for a folder. */
        String name(String fallback) {
            if (coordinates.isEmpty()) {
                return fallback;
            }
            String whole = coordinates.stream()
                    .map(at -> Axis.inName(at.isSwap() ? at.value() : at.label() + "=" + at.value()))
                    .collect(Collectors.joining(","));
            return shortened(whole);
        }
    }

    /** A name that is too long for a folder ends with a hash of the whole. */
    static String shortened(String name) {
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - HASH - 1) + "-"
                        + Sha256.of(name).substring(0, HASH);
    }

    static StudyTree of(Mapping whole) {
        Mapping base = whole.without(Set.of(STUDY));
        Binder binder = new Binder();
        List<Axis> axes = axes(whole, binder);
        Set<Problem> problems = new LinkedHashSet<>(binder.problems());
        List<Variant> variants = List.of(new Variant(base, List.of()));
        for (Axis axis : axes) {
            variants = along(axis, variants, problems);
        }
        variants = Swaps.read(whole, axes, problems).around(variants, problems);
        return new StudyTree(base, List.copyOf(variants), List.copyOf(problems));
    }

    private static List<Axis> axes(Mapping whole, Binder binder) {
        Optional<Node> study = whole.get(STUDY);
        if (study.isEmpty()) {
            return List.of();
        }
        Node node = study.get().child(AXES).orElse(study.get());
        if (study.get() instanceof Mapping mapping) {
            binder.refuseUnknown(mapping, STUDY, Set.of(AXES, Swaps.KEY));
        }
        if (study.get().child(AXES).isEmpty() && study.get().child(Swaps.KEY).isPresent()) {
            return List.of();
        }
        if (!(node instanceof Mapping axes)
                || study.get().child(AXES).isEmpty()
                || axes.entries().isEmpty()) {
            binder.add(new Problem(
                    STUDY,
                    node.line(),
                    "a study needs axes or swaps",
                    "write axes: { dotted.key: [value, …] } or swaps: [ dotted.key=value, … ], or drop the study"));
            return List.of();
        }
        List<String> paths = List.copyOf(axes.entries().keySet());
        List<Axis> found = new ArrayList<>();
        axes.entries().forEach((path, values) -> {
            List<Node> given = values(values);
            if (!given.isEmpty()) {
                refuseRepetition(path, given, binder);
                refuseName(path, values, binder);
                try {
                    found.add(
                            values instanceof Mapping named
                                    ? Axis.named(path, paths, named)
                                    : Axis.of(path, paths, given));
                } catch (InvalidConfigurationException e) {
                    e.problems().forEach(problem -> binder.add(problem.at(values.line())));
                }
            } else {
                binder.add(new Problem(
                        "study.axes." + path,
                        values.line(),
                        "expected a list of values, found " + values.found(),
                        "write [value, …] with at least one value, or { name: value, … }"));
            }
        });
        return found;
    }

    /** Those of a list, or of a mapping that names them. */
    private static List<Node> values(Node given) {
        if (given instanceof Mapping named) {
            return List.copyOf(named.entries().values());
        }
        return given instanceof Sequence sequence ? sequence.items() : List.of();
    }

    private static void refuseName(String path, Node node, Binder binder) {
        if (path.equals(NAME) || path.equals(STUDY) || path.startsWith(STUDY + ".")) {
            binder.add(new Problem(
                    "study.axes." + path,
                    node.line(),
                    "the cells of a study share its " + path + ", and are named by what they differ in",
                    "drop this axis"));
        }
    }

    private static void refuseRepetition(String path, List<Node> values, Binder binder) {
        Set<Node> seen = new LinkedHashSet<>();
        for (Node value : values) {
            if (!seen.add(value.movedTo(0))) {
                binder.add(new Problem(
                        "study.axes." + path, value.line(), value.found() + " is given twice", "list each value once"));
            }
        }
    }

    private static List<Variant> along(Axis axis, List<Variant> variants, Set<Problem> problems) {
        List<Variant> refined = new ArrayList<>();
        for (Variant variant : variants) {
            for (int i = 0; i < axis.values().size(); i++) {
                try {
                    Mapping tree = axis.path().set(variant.tree(), axis.values().get(i));
                    refined.add(variant.at(axis.coordinates().get(i), tree));
                } catch (InvalidConfigurationException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        return refined;
    }
}
