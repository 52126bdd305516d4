package org.obverse.engine.keep;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.event.RunFact;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.study.StudyFolder;

/** What the runs of a folder need of their store: what their cells and their journals name, and what that was made from. */
final class Needs {
    private final Set<String> digests = new HashSet<>();
    private final Set<String> artifacts = new HashSet<>();
    private boolean allUnfinished;

    private Needs() {}

    /**
     * @throws InvalidConfigurationException if a run does not say for sure what it needs
     */
    static Needs of(List<StudyFolder> runs, ProductStore store) {
        Needs needs = new Needs();
        runs.forEach(needs::add);
        needs.follow(store);
        return needs;
    }

    private void add(StudyFolder run) {
        Map<String, String> planned = planned(run);
        Journal.Reading journal = Journal.read(run.events());
        if (journal.isDamaged()) {
            throw unsure(run.events(), "is damaged (" + journal.damage() + ")", run);
        }
        Map<String, String> made = new HashMap<>();
        Map<String, String> products = new HashMap<>();
        boolean isDone = false;
        for (RunFact fact : journal.facts()) {
            if (fact instanceof RunFact.Planned e) {
                requireNamed(run, e, planned);
            } else if (fact instanceof RunFact.Completed e) {
                made.put(e.unit().toString(), e.digest());
                products.put(e.unit().toString(), e.artifact());
            } else if (fact instanceof RunFact.Reused e) {
                made.put(e.unit().toString(), e.digest());
                products.put(e.unit().toString(), e.artifact());
            }
            isDone = fact instanceof RunFact.Ended e && e.outcome() == RunFact.Outcome.DONE;
        }
        digests.addAll(planned.values());
        digests.addAll(made.values());
        artifacts.addAll(products.values());
        // What was made with accepted code or a smaller batch has another digest than the plan says, and so has what
        // reads it.
        allUnfinished |= !isDone && !planned.values().containsAll(made.values());
    }

    private static Map<String, String> planned(StudyFolder run) {
        Map<String, String> planned = new HashMap<>();
        for (String cell : new TreeSet<>(run.cells())) {
            Map<String, String> units = run.units(cell);
            if (units.isEmpty() || !units.values().stream().allMatch(digest -> digest.matches("[0-9a-f]{64}"))) {
                throw unsure(run.cell(cell), "names no digests of units any more", run);
            }
            planned.putAll(units);
        }
        return planned;
    }

    /** Units of a journal whose cells are gone would be taken for nobody's. */
    private static void requireNamed(StudyFolder run, RunFact.Planned fact, Map<String, String> planned) {
        fact.units().stream()
                .map(unit -> unit.unit().toString())
                .filter(unit -> !planned.containsKey(unit))
                .findFirst()
                .ifPresent(unit -> {
                    throw unsure(run.path(), "has no cell with the unit " + unit + " of its journal", run);
                });
    }

    private static InvalidConfigurationException unsure(Path file, String what, StudyFolder run) {
        return new InvalidConfigurationException(new Problem(
                file.toString(),
                what + ", so that nobody knows which artifacts the run needs",
                "mend it with 'obverse resume " + run.name() + "', or remove its folder; nothing was freed"));
    }

    private void follow(ProductStore store) {
        Deque<String> open = new ArrayDeque<>(digests);
        while (!open.isEmpty()) {
            for (Provenance found : store.provenance(open.pop()).stream().toList()) {
                artifacts.add(found.artifact());
                found.inputs().stream().filter(digests::add).forEach(open::push);
            }
        }
    }

    boolean reference(String digest) {
        return digests.contains(digest);
    }

    boolean artifact(String sha256) {
        return artifacts.contains(sha256);
    }

    boolean unfinished(String digest) {
        return allUnfinished || digests.contains(digest);
    }
}
