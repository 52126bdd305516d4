package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.obverse.cli.view.FollowedRun;
import org.obverse.cli.view.LiveView;
import org.obverse.cli.view.ViewServer;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.StoredStudy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small run of two cells that has been made, and its page. */
record ViewedRun(Path runs, FollowedRun followed, ViewServer server) implements AutoCloseable {
    static final String PLAN = """
            name: viewed
            data: { use: toy2d-blobs, points: 90 }
            target:
              classifier: { use: toy2d-mlp }
              training: { optimizer: sgd, learning-rate: 0.01, epochs: 3, batch: 30, milestones: [] }
            generator: { use: toy2d-plane }
            attack: { use: toy2d, classes: [2], stages: { optimize: { steps: 20 } } }
            metrics: [ { use: toy2d-route } ]
            execution: { device: cpu }
            study: { axes: { seeds.training: [1, 2] } }
            """;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The folder of runs in which the plan has been run. */
    static Path made(Path folder) throws IOException {
        Path runs = folder.resolve("runs");
        Invocation run = Invocation.of("run", plan(folder), "--runs", runs);
        assertEquals(0, run.code(), run.err());
        return runs;
    }

    static Path plan(Path folder) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), PLAN);
    }

    /** Looks at it; nothing is read until it is asked to catch up. */
    static ViewedRun of(Path runs) {
        LiveView view = new LiveView("viewed");
        StoredStudy stored = StoredStudy.read(runs, "viewed", new PlanReader(Registry.ofClassPath()));
        ArtifactStore artifacts = new ArtifactStore(runs.resolve("objects"));
        return new ViewedRun(runs, new FollowedRun(stored.study(), runs, artifacts, view), new ViewServer(view));
    }

    Path journal() {
        return runs.resolve("viewed/events.jsonl");
    }

    /** Its journal becomes these lines. */
    void says(List<String> lines) throws IOException {
        Files.writeString(journal(), String.join("\n", lines) + "\n");
    }

    JsonNode state() {
        return state(server.address());
    }

    static JsonNode state(URI page) {
        HttpResponse<byte[]> answer = ask("GET", page.resolve("state.json"));
        assertEquals(200, answer.statusCode());
        return JsonMapper.shared().readTree(answer.body());
    }

    static HttpResponse<byte[]> ask(String method, URI address) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(address)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
