package org.obverse.cli.report;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.cli.report.chart.Charts;
import org.obverse.cli.report.defense.DefensePage;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.html.Document;
import org.obverse.cli.report.html.Document.Section;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.Study;

/** Shows what a study found, from its folder and its artifacts alone. Equal runs give equal bytes, but for when and where they ran. */
public final class ReportWriter {
    private ReportWriter() {}

    /**
     * Writes {@code runs/STUDY/report.html} and, if the runs have pictures, {@code pictures.png} beside it. Both appear
     * whole or not at all. Pictures that would make the page too large lie in the folder {@code report-pictures} beside it. Cells that are not finished are shown as far as they came, and the report says so.
     *
     * @param runs the folder of all runs
     * @param artifacts of these runs
     * @param manager to read tensors with; nothing stays attached to it
     * @return the path of the page
     * @throws UncheckedIOException if it cannot be written
     * @throws org.obverse.api.plugin.InvalidConfigurationException if an artifact of a finished unit is gone or damaged
     */
    public static Path write(Study study, Path runs, ArtifactStore artifacts, NDManager manager) {
        ReportedStudy reported = read(study, runs, artifacts, manager);
        Path folder = runs.resolve(study.name());
        Path page = folder.resolve("report.html");
        Optional<Canvas> pictures = ContactSheet.of(reported);
        try {
            Files.createDirectories(folder);
            if (pictures.isPresent()) {
                ArtifactStore.writeWhole(
                        folder.resolve("pictures.png"), pictures.get().png());
            }
            PageImages images = GallerySection.images(reported);
            String html = new Page(reported, Attempt.in(folder), images).html();
            Path beside = folder.resolve(PageImages.FOLDER);
            add(images.files(), beside);
            ArtifactStore.writeWhole(page, html.getBytes(StandardCharsets.UTF_8));
            removeOthers(images.files(), beside);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report " + page, e);
        }
        return page;
    }

    /** Writes files that are not there yet. */
    private static void add(Map<String, byte[]> files, Path folder) throws IOException {
        if (!files.isEmpty()) {
            Files.createDirectories(folder);
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.exists(path)) {
                ArtifactStore.writeWhole(path, file.getValue());
            }
        }
    }

    /** Those that earlier pages named. */
    private static void removeOthers(Map<String, byte[]> files, Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.png")) {
                for (Path file : old) {
                    if (!files.containsKey(String.valueOf(file.getFileName()))) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /**
     * The figures as a plain-text table for the terminal: a line per figure, a column per cell. Below it stands what they prove of the
     * targets' defenses, if there are any, or a target was attacked in several ways.
     *
     * @param width of a line of the table at most, in characters
     * @return lines, each with its break; empty if nothing has been measured
     */
    public static String summary(Study study, Path runs, ArtifactStore artifacts, NDManager manager, int width) {
        ReportedStudy reported = read(study, runs, artifacts, manager);
        String figures = Summary.of(reported, width);
        String withstood = defense(reported).text();
        return figures.isEmpty() || withstood.isEmpty() ? figures : figures + "\n" + withstood;
    }

    /** What the study proves of its targets' defenses, as a page of its own, HTML; without sections where there is nothing to say. */
    public static String defensePage(Study study, Path runs, ArtifactStore artifacts, NDManager manager) {
        Charts charts = new Charts();
        ReportedStudy reported = read(study, runs, artifacts, manager);
        List<Section> sections = List.of(new Section(
                "defense", "What the targets withstood", defense(reported).tags(charts)));
        return new Document(
                        study.name(),
                        new OverviewSection(reported).sentence() + ".",
                        List.of(),
                        sections,
                        charts.scripts())
                .html();
    }

    private static DefensePage defense(ReportedStudy study) {
        List<Setting> settings = Setting.of(study);
        return new DefensePage(Evidence.of(study, settings, VerdictSection.main(settings)));
    }

    private static ReportedStudy read(Study study, Path runs, ArtifactStore artifacts, NDManager manager) {
        try (NDManager reading = manager.newSubManager()) {
            return ReportedStudy.read(study, runs, artifacts, reading);
        }
    }
}
