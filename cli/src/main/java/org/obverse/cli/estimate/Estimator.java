package org.obverse.cli.estimate;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.estimate.Estimate.AttackSize;
import org.obverse.cli.estimate.Estimate.KindCost;
import org.obverse.cli.progress.Screen;
import org.obverse.cli.progress.StudyProgress;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.Study;
import org.obverse.engine.study.Audience;
import org.obverse.engine.study.DryRun;
import org.obverse.engine.study.DryRun.PlannedUnit;
import org.obverse.engine.study.DryRun.Presence;
import org.obverse.engine.study.Runs;
import org.obverse.engine.study.Setting;
import org.obverse.engine.trial.Trial;
import org.obverse.engine.trial.Trials;

/** Tries the units of a study, those that cost the same once. */
public final class Estimator {
    private static final String GALLERY = "gallery";
    private static final String CANDIDATES = "candidates";
    private static final String METRIC = "metric";
    private static final String SLURM = "slurm";
    private static final String CONTROL = "control/";

    private final Study study;
    private final Setting setting;
    private final Runs runs;
    private final Trials trials;
    private final Screen screen;
    private final boolean isOnProcessor;
    private volatile List<String> working = List.of();

    /**
     * @param screen shows what is being timed
     * @param device that computes
     */
    public Estimator(Study study, Setting setting, Runs runs, Trials trials, Screen screen, Device device) {
        this.isOnProcessor = !device.isGpu();
        this.study = study;
        this.setting = setting;
        this.runs = runs;
        this.trials = trials;
        this.screen = screen;
    }

    /** What is being timed, to be asked on any thread. */
    public List<String> working() {
        return working;
    }

    /**
     * Takes some seconds for each kind of unit.
     *
     * @param cancelled ends the work at the next checkpoint once true
     * @throws org.obverse.engine.graph.CancelledException if it was ended
     * @throws InvalidConfigurationException with every problem of the study, missing files among them
     */
    public Estimate estimate(AtomicBoolean cancelled) {
        long began = System.nanoTime();
        DryRun dryRun = runs.rehearse(study, setting, new Audience(new StudyProgress(screen)), cancelled);
        if (!dryRun.missing().isEmpty()) {
            throw InvalidConfigurationException.missing(dryRun.missing());
        }
        double checking = (System.nanoTime() - began) / 1e9;
        return trials.of(study, setting.base(), cancelled, trial -> new Trying(trial, dryRun).estimate(checking));
    }

    private final class Trying {
        private final Trial trial;
        private final DryRun dryRun;
        private final int workers = plan().execution().workers();
        private final Map<UnitName, PlannedUnit> units = new LinkedHashMap<>();
        private final Map<UnitName, Cost> costs = new HashMap<>();
        private final Map<UnitName, UnitName> tried = new HashMap<>();
        private final Timing timing;
        private long shown;

        Trying(Trial trial, DryRun dryRun) {
            this.trial = trial;
            this.dryRun = dryRun;
            this.timing = new Timing(trial, workers);
            dryRun.units().forEach(unit -> units.put(unit.name(), unit));
        }

        private Plan plan() {
            return study.cells().get(0).plan();
        }

        Estimate estimate(double checking) {
            OtherWork others = new OtherWork();
            for (List<UnitName> alike : trial.alike()) {
                List<UnitName> toDo = alike.stream().filter(this::isToDo).toList();
                if (!toDo.isEmpty()) {
                    UnitName one = toDo.get(0);
                    show("timing " + one + " " + planned(one).component());
                    Cost cost = timing.of(one);
                    toDo.forEach(unit -> {
                        costs.put(unit, cost);
                        tried.put(unit, one);
                    });
                }
            }
            Schedule schedule = new Schedule(dryRun.units(), workers);
            double wall = checking + schedule.length(unit -> spent(unit).wall());
            double free = checking + schedule.length(unit -> spent(unit).processor());
            return new Estimate(
                    study.name(),
                    study.cells().size(),
                    workers,
                    !plan().places().isEmpty(),
                    wall,
                    isByOneThread() && others.isMuch() ? free : wall,
                    kinds(),
                    attacks(),
                    plan().places().stream().anyMatch(place -> place.name().equals(SLURM)) ? limits() : List.of());
        }

        private void show(String text) {
            working = List.of(text);
            long now = System.nanoTime();
            if (shown == 0 || now - shown >= screen.interval()) {
                screen.state(text);
                shown = now;
            }
        }

        private boolean isToDo(UnitName unit) {
            return units.containsKey(unit) && planned(unit).stored() == Presence.ABSENT;
        }

        private PlannedUnit planned(UnitName unit) {
            PlannedUnit planned = units.get(unit);
            if (planned == null) {
                throw new IllegalArgumentException("no cell has " + unit);
            }
            return planned;
        }

        /** Whether what a unit's thread computes is all that is computed for it. */
        private boolean isByOneThread() {
            return isOnProcessor && plan().execution().threads() == 1;
        }

        private Spent spent(UnitName unit) {
            return costs.get(unit) instanceof Cost.Known known
                    ? known.each().plus(known.once(), unit.equals(tried.get(unit)) ? 1 : 0)
                    : Spent.NOTHING;
        }

        private List<KindCost> kinds() {
            Map<String, List<PlannedUnit>> kinds = dryRun.units().stream()
                    .collect(Collectors.groupingBy(Trying::kind, LinkedHashMap::new, Collectors.toList()));
            List<KindCost> all = new ArrayList<>();
            kinds.forEach((kind, members) -> all.add(kind(kind, members)));
            return all;
        }

        private static String kind(PlannedUnit unit) {
            String slot = unit.name().slot();
            return slot.equals(METRIC)
                    ? unit.component()
                    : slot.startsWith(CONTROL) ? slot : slot + " " + unit.component();
        }

        private KindCost kind(String kind, List<PlannedUnit> members) {
            Spent spent = Spent.NOTHING;
            long memory = 0;
            long bytes = 0;
            int toDo = 0;
            Set<String> unknown = new LinkedHashSet<>();
            for (PlannedUnit unit : members) {
                Cost cost = costs.get(unit.name());
                if (cost instanceof Cost.Known known) {
                    spent = spent.plus(spent(unit.name()), 1);
                    memory = Math.max(memory, known.memory());
                    bytes += known.bytes();
                } else if (cost instanceof Cost.Unknown no) {
                    unknown.add(no.reason());
                }
                toDo += cost == null ? 0 : 1;
            }
            return new KindCost(kind, toDo, members.size() - toDo, spent, memory, bytes, List.copyOf(unknown));
        }

        private List<JobLimits> limits() {
            Map<String, List<Cost>> slots = dryRun.units().stream()
                    .filter(unit -> costs.containsKey(unit.name()))
                    .collect(Collectors.groupingBy(
                            unit -> unit.name().slot(),
                            LinkedHashMap::new,
                            Collectors.mapping(unit -> costs.get(unit.name()), Collectors.toList())));
            List<JobLimits> limits = new ArrayList<>();
            slots.forEach((slot, all) -> {
                List<Cost.Known> known = all.stream()
                        .filter(Cost.Known.class::isInstance)
                        .map(Cost.Known.class::cast)
                        .toList();
                if (known.size() == all.size()) {
                    limits.add(new JobLimits(
                            slot,
                            known.stream().mapToDouble(Cost.Known::alone).max().orElse(0),
                            known.stream().mapToLong(Cost.Known::memory).max().orElse(0)));
                }
            });
            return limits;
        }

        private List<AttackSize> attacks() {
            return dryRun.units().stream()
                    .filter(unit -> unit.name().slot().equals(GALLERY))
                    .map(gallery -> new AttackSize(
                            gallery.name().classes().size(),
                            gallery.inputs().stream().mapToInt(this::candidates).sum()))
                    .distinct()
                    .toList();
        }

        private int candidates(UnitName unit) {
            Double found =
                    trial.summary(tried.getOrDefault(unit, unit)).figures().get(CANDIDATES);
            return found == null ? 0 : found.intValue();
        }
    }
}
