package org.obverse.plugins.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Summary;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.artifact.RemoteLeases;
import org.obverse.engine.artifact.RemoteStore;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;
import org.obverse.testkit.junit.ConformanceTests;

/** With a server of S3's interface, which the SDK finds as it finds Amazon's: by the settings of the machine. */
@Timeout(120)
final class S3StoreTest {
    private static final List<String> SETTINGS =
            List.of("aws.endpointUrlS3", "aws.accessKeyId", "aws.secretAccessKey", "aws.region");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path objects;

    private static Optional<Server> server = Optional.empty();
    private static Optional<Queue> queue = Optional.empty();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    @Timeout(120)
    static void start() throws IOException {
        Server started = Server.start(objects, "obverse-conformance,obverse");
        server = Optional.of(started);
        Queue before = Queue.before(started.url());
        queue = Optional.of(before);
        System.setProperty("aws.endpointUrlS3", before.url());
        System.setProperty("aws.accessKeyId", "nobody");
        System.setProperty("aws.secretAccessKey", "nothing");
        System.setProperty("aws.region", "eu-central-1");
    }

    @AfterAll
    static void end() {
        queue.ifPresent(Queue::close);
        server.ifPresent(Server::close);
        SETTINGS.forEach(System::clearProperty);
    }

    @TestFactory
    Stream<DynamicTest> the_plugin_keeps_the_rules() {
        return ConformanceTests.of("s3");
    }

    private static S3Store store(String prefix) {
        return new S3Store(new Bucket("obverse", prefix, "", ""));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("bytes"), text);
    }

    @Test
    void a_prefix_is_a_store_of_its_own() throws IOException {
        try (S3Store one = store("one/");
                S3Store other = store("other/")) {
            assertTrue(one.putIfAbsent("artifacts/0a", file("one")));

            assertEquals(List.of(), other.list("artifacts/"));
            assertTrue(other.putIfAbsent("artifacts/0a", file("other")));
            assertEquals(List.of("artifacts/0a"), one.list("artifacts/"));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            assertTrue(one.get("artifacts/0a", read));
            assertEquals("one", read.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void more_keys_than_a_page_has_are_listed() throws IOException {
        try (S3Store store = new S3Store(new Bucket("obverse", "many/", "", ""), 2)) {
            for (int i = 0; i < 5; i++) {
                assertTrue(store.putIfAbsent("leases/" + i, file("x")));
            }

            assertEquals(5, store.list("leases/").size());
        }
    }

    @Test
    void the_endpoint_of_a_plan_comes_before_that_of_the_machine() throws IOException {
        String url = queue.orElseThrow().url();
        System.setProperty("aws.endpointUrlS3", "http://localhost:1");
        try (S3Store store = new S3Store(new Bucket("obverse", "endpoint/", "", url))) {
            assertTrue(store.putIfAbsent("artifacts/0a", file("one")));
        } finally {
            System.setProperty("aws.endpointUrlS3", url);
        }
    }

    @Test
    void a_server_that_does_not_answer_is_said_so() {
        try (S3Store store = new S3Store(new Bucket("obverse", "", "", "http://localhost:1"))) {
            IOException e = assertThrows(IOException.class, () -> store.list("artifacts/"));

            assertTrue(String.valueOf(e.getMessage()).contains("refused"), e.getMessage());
        }
    }

    @Test
    void a_bucket_that_is_not_there_is_no_empty_store() {
        try (S3Store store = new S3Store(new Bucket("another", "", "", ""))) {
            assertThrows(IOException.class, () -> store.get("artifacts/0a", new ByteArrayOutputStream()));
        }
    }

    @Test
    void a_server_that_puts_twice_is_refused() throws IOException {
        HttpServer careless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        careless.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        careless.start();
        String url = "http://localhost:" + careless.getAddress().getPort();
        try (S3Store store = new S3Store(new Bucket("obverse", "", "", url))) {
            IOException e = assertThrows(IOException.class, () -> store.list("artifacts/"));

            assertTrue(String.valueOf(e.getMessage()).contains("If-None-Match"), e.getMessage());
        } finally {
            careless.stop(0);
        }
    }

    @Test
    void what_no_bucket_can_be_is_a_problem_of_the_plan() {
        List<Problem> problems = new Bucket("Obverse!", "/lab", "Frankfurt, Main", "s3://user:secret@host").check();

        assertEquals(
                List.of("bucket", "prefix", "region", "endpoint"),
                problems.stream().map(Problem::path).toList());
        assertEquals(List.of(), new Bucket("lab-1", "a/b/", "eu-central-1", "https://minio:9000").check());
    }

    @Test
    void two_machines_share_a_product_through_it() throws IOException {
        Ingredients target = new Ingredients(Map.of("slot", "target"), Map.of());
        try (S3Store one = store("products/");
                S3Store other = store("products/")) {
            Provenance made = machine("here", one)
                    .save(target, List.of(), Summary.NONE, Content.of("weights".getBytes(StandardCharsets.UTF_8)));

            ProductStore there = machine("there", other);
            assertEquals(Optional.of(made), there.find(target.digest(List.of())));
            assertEquals(
                    "weights",
                    Files.readString(there.artifacts().artifact(made.artifact()).file()));
        }
    }

    private ProductStore machine(String name, S3Store store) {
        ArtifactStore here = new ArtifactStore(folder.resolve(name));
        return new ProductStore(here, List.of(new RemoteStore(store, "store 's3'", here)));
    }

    @Test
    void a_lease_is_one_machines_until_it_dies() {
        String unit = "0123456789abcdef".repeat(4);
        try (S3Store one = store("leases/");
                S3Store other = store("leases/");
                Leases dead = leases("here", one, Duration.ofDays(1));
                Leases heir = leases("there", other, Duration.ofMillis(50))) {
            assertTrue(dead.take(unit));
            assertFalse(heir.take(unit));

            while (!heir.take(unit)) {
                Thread.onSpinWait();
            }
            dead.release(unit);
            assertFalse(dead.take(unit));
        }
    }

    private Leases leases(String name, S3Store store, Duration beat) {
        ArtifactStore here = new ArtifactStore(folder.resolve(name));
        return Leases.of(here, List.of(new RemoteLeases(new RemoteStore(store, "store 's3'", here), beat)));
    }
}
