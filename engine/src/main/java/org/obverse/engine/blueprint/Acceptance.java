package org.obverse.engine.blueprint;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.Study;

/** What may be against the evaluation of a study: accepting anything else is a mistake. */
final class Acceptance {
    private final Study study;
    private final Set<Ground> possible = EnumSet.noneOf(Ground.class);

    Acceptance(Study study) {
        this.study = study;
    }

    /** Something may be refused on this ground. */
    void may(Ground ground) {
        possible.add(ground);
    }

    /** Those that a plan accepts. */
    List<Objection> accepted(Plan plan, List<Objection> objections) {
        objections.forEach(objection -> may(objection.ground()));
        return objections.stream()
                .filter(objection -> plan.accepted().contains(objection.ground()))
                .toList();
    }

    /** Of all cells, once they are planned. */
    List<Problem> needless() {
        Set<Ground> needless = new TreeSet<>();
        study.cells().forEach(cell -> needless.addAll(cell.plan().accepted()));
        needless.removeAll(possible);
        return needless.stream()
                .map(ground -> new Problem(
                                Ground.KEY,
                                "nothing in this plan can be refused as " + ground.label(),
                                "drop it: what is accepted stands below every table")
                        .at(study.source()
                                .get(Ground.KEY)
                                .map(list -> list.lineOf(ground.label()))
                                .orElse(0)))
                .toList();
    }
}
