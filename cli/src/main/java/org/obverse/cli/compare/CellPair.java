package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.plan.Plan;

/** Two cells whose figures may only be held against each other if both were measured on the same people, by the same judges. */
public record CellPair(ComparedCell baseline, ComparedCell other) {
    private static final String EVALUATION = "evaluation";
    private static final String SAMPLE = "sample";
    /** What a comparison of membership attacks may be about. */
    private static final Set<String> COMPARED = Set.of("target", "attacks");

    private static final int SHOWN = 8;

    /** What keeps them from being compared; nothing if they can be. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        data(problems);
        if (problems.isEmpty()) {
            classes(problems);
        }
        judges(problems);
        membership(problems);
        return problems;
    }

    private Problem problem(String what, String wayOut) {
        return new Problem(
                other.name(), "it cannot be compared with '" + baseline.name() + "', because " + what, wayOut);
    }

    private void data(List<Problem> problems) {
        Map<String, String> here = privateFacts(other);
        Map<String, String> there = privateFacts(baseline);
        Set<String> names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        List<String> differing = names.stream()
                .filter(name -> !here.getOrDefault(name, "").equals(there.getOrDefault(name, "")))
                .map(name -> name + " (" + shown(here, name) + " here, " + shown(there, name) + " there)")
                .toList();
        if (!differing.isEmpty()) {
            problems.add(problem(
                    "their data differ in " + String.join(", ", differing),
                    "compare cells of the same data: the same key 'data' and the same 'seeds.split'"));
        }
    }

    /** What the data of a cell are, as far as figures depend on them: an attacker's public images may be others. */
    static Map<String, String> privateFacts(ComparedCell cell) {
        Map<String, String> facts = new TreeMap<>(cell.record().data());
        facts.keySet().removeIf(name -> name.startsWith("public") || name.startsWith("duplicate"));
        return facts;
    }

    private static String shown(Map<String, String> facts, String name) {
        String value = facts.getOrDefault(name, "nothing");
        return name.endsWith("-sha256") ? shortened(value) : value;
    }

    private static String shortened(String hash) {
        return hash.length() <= SHOWN ? hash : hash.substring(0, SHOWN) + "…";
    }

    private void classes(List<Problem> problems) {
        Set<String> here = attacked(other);
        Set<String> there = attacked(baseline);
        if (here.equals(there)) {
            return;
        }
        Set<String> onlyHere = new LinkedHashSet<>(here);
        onlyHere.removeAll(there);
        Set<String> onlyThere = new LinkedHashSet<>(there);
        onlyThere.removeAll(here);
        problems.add(problem(
                "they attack other classes: only here " + listed(onlyHere) + "; only there " + listed(onlyThere),
                "let both attack the same: the key 'attack.classes'"));
    }

    private static Set<String> attacked(ComparedCell cell) {
        int count = Integer.parseInt(cell.record().data().getOrDefault("classes", "0"));
        List<String> names =
                IntStream.range(0, count).mapToObj(cell.record()::className).toList();
        Set<String> attacked = new LinkedHashSet<>();
        Plan plan = cell.cell().plan();
        plan.attack()
                .forEach(attack -> attack.classes()
                        .of(names, plan.seeds().split())
                        .forEach(label -> attacked.add(names.get(label))));
        return attacked;
    }

    private static String listed(Set<String> names) {
        List<String> first = names.stream().limit(SHOWN).toList();
        String rest = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return names.isEmpty() ? "none" : String.join(", ", first) + rest;
    }

    /** By name, how they are planned, and what they became. */
    private void judges(List<Problem> problems) {
        Map<String, Node> here = planned(other);
        Map<String, Node> there = planned(baseline);
        List<String> differing = new ArrayList<>();
        if (!here.keySet().equals(there.keySet())) {
            differing.add(listed(here.keySet()) + " here, " + listed(there.keySet()) + " there");
        } else {
            here.forEach((name, plan) -> {
                if (!plan.equals(there.get(name))) {
                    differing.add("'" + name + "' is planned otherwise");
                }
            });
        }
        if (differing.isEmpty() && !made(other).equals(made(baseline))) {
            differing.add("equal plans, but other models (" + hashes(other) + " here, " + hashes(baseline) + " there)");
        }
        if (!differing.isEmpty()) {
            problems.add(problem(
                    "other judges judged them: " + String.join("; ", differing),
                    "compare cells of the same evaluation models: the same key 'evaluation', data and"
                            + " 'seeds.evaluation'"));
        }
    }

    private static Map<String, Node> planned(ComparedCell cell) {
        return section(cell, EVALUATION).entries();
    }

    private static Mapping section(ComparedCell cell, String name) {
        Node plan = Yaml.read(cell.record().plan(), cell.name());
        return plan.child(name).orElse(Node.nothing()).movedTo(0) instanceof Mapping section ? section : Node.nothing();
    }

    /** Membership attacks are only held against each other if they were asked about the same samples and knew as much. */
    private void membership(List<Problem> problems) {
        Mapping here = section(other, MembershipPlan.SECTION).without(COMPARED);
        Mapping there = section(baseline, MembershipPlan.SECTION).without(COMPARED);
        if (here.entries().isEmpty() || there.entries().isEmpty()) {
            return;
        }
        Set<String> keys = new TreeSet<>(here.entries().keySet());
        keys.addAll(there.entries().keySet());
        List<String> differing = keys.stream()
                .filter(key -> !here.get(key).equals(there.get(key)))
                .map(key -> "'" + MembershipPlan.SECTION + "." + key + "'")
                .toList();
        if (!differing.isEmpty()) {
            problems.add(problem(
                    "they play other games of membership: " + String.join(", ", differing) + " are set otherwise",
                    "compare cells of which only target and attacks differ in that section"));
        }
    }

    private static Set<String> made(ComparedCell cell) {
        return new TreeSet<>(cell.artifacts(EVALUATION));
    }

    private static String hashes(ComparedCell cell) {
        return listed(
                new LinkedHashSet<>(made(cell).stream().map(CellPair::shortened).toList()));
    }

    /** Where two attacks began. */
    public enum Starts {
        SAME,
        OTHER,
        /** There is no attack. */
        NONE
    }

    Starts starts() {
        if (baseline.artifacts(SAMPLE).isEmpty() && other.artifacts(SAMPLE).isEmpty()) {
            return Starts.NONE;
        }
        return baseline.artifacts(SAMPLE).equals(other.artifacts(SAMPLE)) ? Starts.SAME : Starts.OTHER;
    }
}
