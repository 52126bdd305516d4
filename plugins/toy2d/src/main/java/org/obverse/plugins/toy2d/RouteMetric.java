package org.obverse.plugins.toy2d;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Picture;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.toy2d.Plane;

/** How far the attack came, as the paper counts: steps to the confidence, and distance to the closest private point. */
record RouteMetric(RouteSettings settings) implements ReconstructionMetric {
    private static final List<String> COLUMNS = List.of("steps", "reached", "distance", "end x", "end y");
    private static final String CAPTION = "The target's confidence in steps of 0.05 (dark is sure), the private points,"
            + " and the route of the attack; both axes run from -15 to 15, with ticks every 5.";

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        if (!evidence.data().shape().equals(Plane.SHAPE)) {
            throw new MetricFailedException("toy2d-route draws points of the plane, but the data have the shape "
                    + evidence.data().shape() + ": use the data set toy2d-blobs");
        }
        List<Track> tracks = Track.of(evidence.candidates());
        List<PrivatePoint> points = PrivatePoint.all(evidence);
        List<Row> rows = new ArrayList<>();
        for (Track track : tracks) {
            rows.add(row(track, points));
        }
        return new Measurement(
                figures(rows),
                List.of(new Table("toy2d routes", COLUMNS, rows)),
                List.of(picture(tracks, points, evidence)));
    }

    private Row row(Track track, List<PrivatePoint> points) throws MetricFailedException {
        double distance = track.distance(points);
        if (Double.isInfinite(distance)) {
            throw new MetricFailedException("toy2d-route measures the distance to private points of class "
                    + track.targetClass() + ", which has none: attack another class or draw more points");
        }
        return new Row(
                track.targetClass(),
                List.of(
                        (double) track.steps(settings.confidence()),
                        track.reaches(settings.confidence()) ? 1.0 : 0.0,
                        distance,
                        track.end().x(),
                        track.end().y()));
    }

    private static List<Figure> figures(List<Row> rows) {
        return List.of(
                new Figure("steps of the route", mean(rows, 0), Better.NEITHER, "steps"),
                new Figure("routes that reach the confidence", mean(rows, 1), Better.HIGHER, "fraction"),
                new Figure("distance to the closest private point", mean(rows, 2), Better.LOWER, "units of the plane"));
    }

    private static double mean(List<Row> rows, int column) {
        return rows.stream()
                .mapToDouble(row -> row.values().get(column))
                .average()
                .orElseThrow();
    }

    private Picture picture(List<Track> tracks, List<PrivatePoint> points, Reconstructions evidence)
            throws MetricFailedException {
        RoutePicture picture = new RoutePicture(ConfidenceMap.of(evidence), settings.size());
        return new Picture("toy2d-route", CAPTION, picture.draw(points, tracks, evidence.manager()));
    }
}
