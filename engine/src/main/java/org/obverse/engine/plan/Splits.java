package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.plan.Cell.Coordinate;

/** Whether the repetitions of a study differ in the seed of the attack alone, or in its split too. */
public final class Splits {
    private static final String SEEDS = "seeds";
    private static final String SPLIT = SEEDS + ".split";

    private Splits() {}

    /** What is against comparing a cell with its repetitions: nothing if there is no attack. */
    public static List<Objection> against(Study study, Cell cell) {
        List<Seeds> repetitions = study.cells().stream()
                .filter(other ->
                        !cell.plan().attack().isEmpty() && setting(other).equals(setting(cell)))
                .map(other -> other.plan().seeds())
                .distinct()
                .toList();
        return repetitions.stream()
                .flatMap(one -> repetitions.stream()
                        .filter(other -> other.split() != one.split() && other.attack() != one.attack())
                        .map(other -> objection(one, other)))
                .limit(1)
                .toList();
    }

    private static Objection objection(Seeds one, Seeds other) {
        return new Objection(
                Ground.SPLIT_BY_ATTACK_SEED,
                ("repetitions of the attack are on other splits of the data (seeds.split %d with seeds.attack %d, and %d with %d),"
                                + " so that their spread is of both")
                        .formatted(one.split(), one.attack(), other.split(), other.attack()));
    }

    private static List<Coordinate> setting(Cell cell) {
        return cell.setting().stream().filter(at -> !at.axis().equals(SEEDS)).toList();
    }

    /** As a problem of the axis that varies the split. */
    public static Problem problem(Study study, Objection objection) {
        String path = StudyTree.STUDY + ".axes";
        Node axes = study.source().at(path).orElse(study.source());
        String axis = axes.child(SPLIT).isPresent() ? SPLIT : SEEDS;
        return objection
                .problem(path + "." + axis)
                .at(axes.child(axis).map(Node::line).orElse(axes.line()));
    }
}
