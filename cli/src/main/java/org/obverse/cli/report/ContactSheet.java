package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.cli.report.picture.Glyphs;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.record.ClassPictures;
import org.obverse.engine.record.Raster;

/**
 * The gallery as one picture: two rows of training samples, then one labelled row per cell with the best reconstruction
 * of each class. Of axes that vary seeds only the first cell is shown, and of the classes as many as fit.
 */
final class ContactSheet {
    private static final int CLASSES = 16;
    private static final int SAMPLES = 2;
    private static final int SIDE = 64;
    private static final int GAP = 3;
    private static final int LETTERS = 2;
    private static final int INK = 0x30363D;

    private ContactSheet() {}

    /** One row of the sheet. */
    private record Row(String label, List<Raster> images) {}

    /** Empty if no cell has pictures. */
    static Optional<Canvas> of(ReportedStudy study) {
        List<Row> rows = rows(study);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        int columnWidth = largest(rows, image -> image.width() * scale(image)) + GAP;
        int rowHeight = largest(rows, image -> image.height() * scale(image)) + GAP;
        int longest = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        int labels = (longest + 2) * Glyphs.ADVANCE * LETTERS;
        int columns = rows.stream().mapToInt(row -> row.images().size()).max().orElse(0);
        Canvas sheet = new Canvas(labels + columns * columnWidth, rows.size() * rowHeight + GAP, Canvas.WHITE);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int top = GAP + i * rowHeight;
            int baseline = top + (rowHeight - GAP - Glyphs.HEIGHT * LETTERS) / 2;
            sheet.write(row.label(), Glyphs.ADVANCE * LETTERS, baseline, LETTERS, INK);
            for (int x = 0; x < row.images().size(); x++) {
                Raster image = row.images().get(x);
                sheet.draw(image, labels + x * columnWidth, top, scale(image));
            }
        }
        return Optional.of(sheet);
    }

    private static int scale(Raster image) {
        return Math.max(1, Math.round((float) SIDE / image.width()));
    }

    private static int largest(List<Row> rows, ToIntFunction<Raster> extent) {
        return rows.stream()
                .flatMap(row -> row.images().stream())
                .mapToInt(extent)
                .max()
                .orElseThrow();
    }

    private static List<Row> rows(ReportedStudy study) {
        List<Row> rows = new ArrayList<>();
        for (ReportedCell cell : study.cells()) {
            List<ClassPictures> gallery = cell.run().gallery();
            List<ClassPictures> classes = gallery.subList(0, Math.min(CLASSES, gallery.size()));
            if (classes.isEmpty()
                    || !cell.cell().seeds().equals(study.cells().get(0).cell().seeds())) {
                continue;
            }
            if (rows.isEmpty()) {
                int samples = Math.min(SAMPLES, classes.get(0).samples().size());
                IntStream.range(0, samples)
                        .forEach(k -> rows.add(new Row(
                                k == 0 ? "training samples" : "",
                                classes.stream()
                                        .map(c -> c.samples().get(k).atMost(SIDE))
                                        .toList())));
            }
            rows.add(new Row(
                    cell.cell().setting().isEmpty()
                            ? "reconstructions"
                            : ReportedCell.label(cell.cell().setting()),
                    classes.stream()
                            .map(c -> c.reconstructions().get(0).atMost(SIDE))
                            .toList()));
        }
        return rows;
    }
}
