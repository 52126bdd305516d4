package org.obverse.engine.study;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.blueprint.Blueprint;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.unit.Equipment;

/** What a study that is to go on finds otherwise than when it was begun. */
public record Changes(Study study, StudyFolder folder) {
    /**
     * @param accepted ids of plugins whose finished units are kept although their code changed since, as {@link Setting#acceptChanged}
     * @return nothing if all is as it was; a way out for each of the others
     */
    public List<Problem> problems(Blueprint blueprint, Equipment equipment, Set<String> accepted) {
        List<Problem> problems = new ArrayList<>();
        if (!isSamePlan()) {
            return List.of(new Problem(
                    folder.path().toString(),
                    "this run exists and has another plan",
                    "give the new one a name with --name"));
        }
        for (int i = 0; i < blueprint.data().size(); i++) {
            if (Files.exists(folder.data(i))) {
                problems.addAll(blueprint.data().get(i).manifest().changesSince(folder.data(i)));
            }
        }
        Manifest now = Manifest.of(blueprint, equipment);
        Manifest.known(folder.path()).ifPresent(before -> problems.addAll(problems(before, now, accepted)));
        return problems;
    }

    private List<Problem> problems(Manifest before, Manifest now, Set<String> accepted) {
        List<Problem> problems = new ArrayList<>();
        before.changes(now, accepted)
                .forEach(id -> problems.add(new Problem(
                        folder.path().toString(),
                        "the code of '" + id + "' changed since this run began",
                        "keep its finished units with 'obverse resume " + study.name() + " --accept-changed " + id
                                + "', or start anew with --name")));
        before.changedFiles(now)
                .forEach(location -> problems.add(new Problem(
                        folder.path().toString(),
                        "the file " + location + " is another one than when this run began",
                        "put the old one back (SHA-256 " + before.files().get(location)
                                + "), or start anew with --name")));
        return problems;
    }

    /** What a study is called is no part of it: its folder may be renamed or copied. The only cell is called like the study. */
    private boolean isSamePlan() {
        Set<String> before = folder.cells();
        if (before.size() == 1 && study.cells().size() == 1) {
            return isSamePlan(before.iterator().next(), study.cells().get(0));
        }
        return before.equals(study.cells().stream().map(Cell::name).collect(Collectors.toSet()))
                && study.cells().stream().allMatch(cell -> isSamePlan(cell.name(), cell));
    }

    private boolean isSamePlan(String before, Cell now) {
        return folder.plan(before)
                .filter(plan -> nameless(plan).equals(nameless(PlanWriter.yaml(now.plan()))))
                .isPresent();
    }

    private static String nameless(String plan) {
        return Yaml.write(((Mapping) Yaml.read(plan, "plan")).without(Set.of("name")));
    }
}
