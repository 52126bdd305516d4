package org.obverse.cli.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Sha256;

/**
 * What each panel shows, which whoever judges must not see: a table with the columns panel, kind (reconstruction, positive or negative), class,
 * candidate, cell, sha256, image (the private image that a control shows as A), beside (those under B) and attack, and one column
 * {@code right(MODEL)} for each evaluation model.
 *
 * @param file where it lies
 * @param panels in the order of their names
 */
record Key(Path file, List<Panel> panels) {
    static final String FILE = "key.csv";

    private static final List<String> COLUMNS =
            List.of("panel", "kind", "class", "candidate", "cell", "sha256", "image", "beside", "attack");
    private static final String RIGHT = "right(";
    private static final String RECONSTRUCTION = "reconstruction";
    private static final String POSITIVE = "positive";
    private static final String NEGATIVE = "negative";
    private static final String WAY_OUT = "name the key.csv that 'obverse panels' wrote, or its folder, with --key";

    Key {
        panels = List.copyOf(panels);
    }

    static String text(List<Panel> panels) {
        Set<String> models = new LinkedHashSet<>();
        panels.forEach(panel -> {
            if (panel.shown() instanceof Shown.Reconstruction found) {
                models.addAll(found.recognised().keySet());
            }
        });
        List<String> columns = new ArrayList<>(COLUMNS);
        models.forEach(model -> columns.add(RIGHT + model + ")"));
        return Csv.text(columns, panels.stream().map(Key::row).toList());
    }

    private static Map<String, String> row(Panel panel) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("panel", panel.name());
        row.put("class", panel.person());
        row.put("cell", panel.cell());
        row.put("sha256", panel.sha256());
        row.put("beside", panel.beside().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        row.put("attack", panel.attack());
        if (panel.shown() instanceof Shown.Reconstruction found) {
            row.put("kind", RECONSTRUCTION);
            row.put("candidate", String.valueOf(found.candidate()));
            found.recognised().forEach((model, right) -> row.put(RIGHT + model + ")", right ? "yes" : "no"));
        } else if (panel.shown() instanceof Shown.Positive control) {
            row.put("kind", POSITIVE);
            row.put("image", String.valueOf(control.image()));
        } else if (panel.shown() instanceof Shown.Negative control) {
            row.put("kind", NEGATIVE);
            row.put("image", String.valueOf(control.image()));
        }
        return row;
    }

    /**
     * @param place of the key, or the folder that it lies in
     * @throws InvalidConfigurationException if it is no key, or a control of it shows one picture twice
     */
    static Key read(Path place) {
        Path file = Files.isDirectory(place) ? place.resolve(FILE) : place;
        List<Panel> panels = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Map<String, String> row : Csv.read(file, COLUMNS, WAY_OUT)) {
            String name = row.getOrDefault("panel", "");
            try {
                panels.add(panel(row));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(file + ", panel '" + name + "'", "is no line of a key", WAY_OUT));
            }
        }
        Key key = new Key(file, panels);
        problems.addAll(key.repetitions());
        if (panels.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(file.toString(), "names no panel", WAY_OUT));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return key;
    }

    private static Panel panel(Map<String, String> row) {
        Shown shown = switch (row.getOrDefault("kind", "")) {
            case RECONSTRUCTION -> new Shown.Reconstruction(number(row, "candidate"), recognised(row));
            case POSITIVE -> new Shown.Positive(number(row, "image"));
            case NEGATIVE -> new Shown.Negative(number(row, "image"));
            default -> throw new IllegalArgumentException("kind");
        };
        List<Integer> beside = Arrays.stream(row.getOrDefault("beside", "").split(" "))
                .map(Integer::valueOf)
                .toList();
        return new Panel(
                row.getOrDefault("panel", ""),
                shown,
                row.getOrDefault("cell", ""),
                row.getOrDefault("attack", ""),
                row.getOrDefault("class", ""),
                beside,
                row.getOrDefault("sha256", ""));
    }

    private static int number(Map<String, String> row, String column) {
        return Integer.parseInt(row.getOrDefault(column, ""));
    }

    private static Map<String, Boolean> recognised(Map<String, String> row) {
        Map<String, Boolean> recognised = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (column.startsWith(RIGHT) && !value.isEmpty()) {
                recognised.put(column.substring(RIGHT.length(), column.length() - 1), value.equals("yes"));
            }
        });
        return recognised;
    }

    /** Panels of one name, and those that show a private image twice: who sees it under A and B recognises the picture, not the person. */
    private List<Problem> repetitions() {
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Panel panel : panels) {
            if (!names.add(panel.name())) {
                problems.add(problem(panel, "stands there twice", "make the panels anew with 'obverse panels'"));
            }
            List<Integer> images = new ArrayList<>(panel.beside());
            if (panel.shown() instanceof Shown.Positive control) {
                images.add(control.image());
            } else if (panel.shown() instanceof Shown.Negative control) {
                images.add(control.image());
            }
            if (Set.copyOf(images).size() < images.size()) {
                problems.add(problem(
                        panel,
                        "shows a private image twice (" + images
                                + "), which is recognised as a picture, not as a person",
                        "make the panels anew with 'obverse panels'"));
            }
        }
        return problems;
    }

    private Problem problem(Panel panel, String what, String wayOut) {
        return new Problem(file + ", panel '" + panel.name() + "'", what, wayOut);
    }

    /**
     * Pictures that still lie beside the key must be those that it was written with.
     *
     * @throws InvalidConfigurationException with each that was changed
     */
    void requireUnchanged() {
        List<Problem> problems = new ArrayList<>();
        for (Panel panel : panels) {
            Path picture = file.resolveSibling(PanelFolder.PICTURES).resolve(panel.name());
            try {
                if (Files.isRegularFile(picture) && !Sha256.of(picture).equals(panel.sha256())) {
                    problems.add(new Problem(
                            picture.toString(),
                            "is another picture than the key knows (SHA-256 " + panel.sha256() + ")",
                            "put the old one back, or make the panels anew"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + picture, e);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /** The cells that it has panels of, in the order in which they appear. */
    List<String> cells() {
        return panels.stream().map(Panel::cell).distinct().toList();
    }

    List<Panel> of(String cell) {
        return panels.stream().filter(panel -> panel.cell().equals(cell)).toList();
    }

    /**
     * @param cells of the run that it is used for, those that it has panels of
     * @throws InvalidConfigurationException if it was made of another run's attack
     */
    void requireOf(String run, List<AttackedCell> cells) {
        Map<String, String> attacks =
                cells.stream().collect(Collectors.toMap(cell -> cell.cell().name(), AttackedCell::attack));
        List<Problem> problems = cells().stream()
                .filter(cell ->
                        of(cell).stream().anyMatch(panel -> !panel.attack().equals(attacks.getOrDefault(cell, ""))))
                .map(cell -> new Problem(
                        file.toString(),
                        "its panels of the cell '" + cell + "' show what another attack found than that of the run '"
                                + run + "'",
                        "name the run that they were made of, or make panels of this one with 'obverse panels'"))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }
}
