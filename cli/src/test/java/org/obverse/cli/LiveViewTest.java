package org.obverse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the page of a run says, and to whom. */
@Timeout(120)
final class LiveViewTest {
    private static final int PNG_START = 0x89;

    @TempDir
    private static Path folder = Path.of("");

    private static List<String> journal = List.of();

    @SuppressWarnings("NullAway.Init")
    private ViewedRun viewed;

    @BeforeAll
    static void run() throws IOException {
        try (ViewedRun made = ViewedRun.of(ViewedRun.made(folder))) {
            journal = Files.readAllLines(made.journal());
        }
    }

    @BeforeEach
    void view() throws IOException {
        viewed = ViewedRun.of(folder.resolve("runs"));
        viewed.says(journal);
    }

    @AfterEach
    void end() {
        viewed.close();
    }

    @Test
    void a_finished_run_shows_all_cells_and_units_with_figures_curves_and_pictures() {
        viewed.followed().catchUp();

        JsonNode state = viewed.state();

        assertEquals("viewed", state.at("/name").asString());
        assertEquals("done", state.at("/outcome").asString());
        assertEquals(2, state.at("/cells").size());
        assertEquals("1", state.at("/cells/0/coordinates/seeds.training").asString());
        List<String> units = new ArrayList<>();
        TreeSet<String> states = new TreeSet<>();
        state.at("/units").forEach(unit -> {
            units.add(unit.at("/name").asString());
            assertEquals(units.size(), unit.at("/place").asInt());
            assertFalse(unit.at("/component").asString().isEmpty(), unit::toString);
            states.add(unit.at("/state").asString());
        });
        assertEquals(planned(), units);
        assertEquals(new TreeSet<>(List.of("done")), states);
        assertEquals(units.size(), state.at("/counts/done").asInt());
        JsonNode target = unit(state, "target/1");
        assertEquals(1, target.at("/cells").size());
        assertTrue(unit(state, "metric/0").at("/figures").size() > 0, state::toString);
        assertEquals(List.of(1.0, 2.0, 3.0), positions(state, "target/0", "loss"));
        assertEquals(20, positions(state, "optimize/0", "confidence").size(), state::toString);
        JsonNode picture = state.at("/pictures/0");
        HttpResponse<byte[]> png = ViewedRun.ask(
                "GET",
                viewed.server()
                        .address()
                        .resolve("pictures/" + picture.at("/file").asString()));
        assertEquals(200, png.statusCode());
        assertEquals(PNG_START, png.body()[0] & 0xFF);
        assertEquals("image/png", png.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void a_run_of_another_process_is_followed_line_by_line() throws IOException {
        List<String> lines = journal;
        int half = firstOf(lines, "\"offered\"", "target");
        viewed.says(lines.subList(0, half + 1));
        viewed.followed().catchUp();

        assertEquals("working", unit(viewed.state(), "target/0").at("/state").asString());
        assertEquals("waiting", unit(viewed.state(), "metric/1").at("/state").asString());
        assertEquals("", viewed.state().at("/outcome").asString());

        Files.writeString(
                viewed.journal(), String.join("\n", lines) + "\n" + lines.get(0).substring(0, 20));
        viewed.followed().catchUp();

        assertEquals("done", unit(viewed.state(), "target/0").at("/state").asString());
        assertTrue(unit(viewed.state(), "target/0").at("/seconds").asDouble() >= 0, "it was seen from its beginning");
        assertTrue(unit(viewed.state(), "target/1").at("/seconds").asDouble() < 0, "nobody saw how long it took");
        assertEquals("done", viewed.state().at("/outcome").asString());
    }

    @Test
    void a_run_that_goes_on_keeps_what_it_has() throws IOException {
        List<String> lines = journal;
        int half = firstOf(lines, "\"completed\"", "target");
        List<String> resumed = new ArrayList<>(lines.subList(0, half + 1));
        resumed.add("{\"event\":\"ended\",\"outcome\":\"INTERRUPTED\",\"reason\":\"\"}");
        resumed.add(lines.get(0));
        viewed.says(resumed);
        viewed.followed().catchUp();

        assertEquals("", viewed.state().at("/outcome").asString());
        assertEquals("done", unit(viewed.state(), "target/0").at("/state").asString());
    }

    @Test
    void what_needs_a_failed_unit_cannot_be_reached() throws IOException {
        List<String> lines = journal;
        String offered = lines.get(firstOf(lines, "\"offered\"", "target"));
        String failed = offered.replace("offered", "failed").replaceFirst("}$", ",\"reason\":\"it burst\"}");
        viewed.says(List.of(
                lines.get(0), offered, failed, "{\"event\":\"ended\",\"outcome\":\"FAILED\",\"reason\":\"it burst\"}"));
        viewed.followed().catchUp();

        JsonNode state = viewed.state();

        assertEquals("failed", unit(state, "target/0").at("/state").asString());
        assertEquals("it burst", unit(state, "target/0").at("/reason").asString());
        assertEquals("cannot be reached", unit(state, "metric/0").at("/state").asString());
        assertEquals("waiting", unit(state, "target/1").at("/state").asString());
        assertEquals("failed", state.at("/outcome").asString());
    }

    @Test
    void who_does_not_know_the_token_finds_nothing() {
        viewed.followed().catchUp();
        URI page = viewed.server().address();
        String token = page.getPath().replace("/", "");
        assertTrue(token.matches("[0-9a-f]{48}"), token);
        String other = (token.startsWith("0") ? "1" : "0") + token.substring(1);
        for (String path : List.of(
                "/", "/state.json", "//state.json", "/" + other + "/", "/" + other + "/state.json", "/" + token)) {
            assertEquals(
                    404,
                    ViewedRun.ask("GET", page.resolve(page.getScheme() + "://" + page.getAuthority() + path))
                            .statusCode(),
                    path);
        }
        for (String file : List.of(
                "journal", "pictures/", "pictures/" + "0".repeat(64) + ".png", "pictures/..%2F..%2Fstudy.yaml")) {
            assertEquals(404, ViewedRun.ask("GET", page.resolve(file)).statusCode(), file);
        }
    }

    @Test
    void nothing_can_be_written() {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            HttpResponse<byte[]> refused =
                    ViewedRun.ask(method, viewed.server().address().resolve("state.json"));
            assertEquals(405, refused.statusCode(), method);
            assertEquals("GET", refused.headers().firstValue("Allow").orElse(""));
        }
    }

    /** What a browser sends that was led here by a name of somebody else's. */
    @Test
    void another_name_of_this_machine_is_refused() throws IOException {
        int port = viewed.server().address().getPort();

        assertTrue(status("evil.example:" + port).contains(" 403 "), status("evil.example:" + port));
        assertTrue(status("127.0.0.1").contains(" 403 "), "without the port");
        assertTrue(status("localhost:" + port).contains(" 200 "), status("localhost:" + port));
    }

    private String status(String host) throws IOException {
        URI page = viewed.server().address();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + page.getPath() + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void other_machines_are_not_answered() throws IOException {
        int port = viewed.server().address().getPort();
        List<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress address : outside) {
            assertThrows(IOException.class, () -> new Socket(address, port).close(), address.toString());
        }
    }

    @Test
    void the_page_asks_nobody_but_its_server() {
        HttpResponse<byte[]> page = ViewedRun.ask("GET", viewed.server().address());
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        String html = new String(page.body(), UTF_8).replace("\"http://www.w3.org/2000/svg\"", "");

        assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
        assertFalse(policy.contains("unsafe") || policy.contains("http") || policy.contains("*"), policy);
        assertFalse(html.contains("//"), "an address of somebody else's, or a comment that looks like one");
    }

    @Test
    void the_page_of_a_run_lives_as_long_as_the_run() throws IOException, InterruptedException {
        Child child =
                Child.of("run", ViewedRun.plan(folder), "--view", "--name", "second", "--runs", folder.resolve("new"));
        URI page = address(child);
        String outcome = "";
        while (outcome.isEmpty()) {
            outcome = ViewedRun.state(page).at("/outcome").asString();
        }

        assertEquals("done", outcome);
        assertEquals(0, child.code(), child.err());
        assertThrows(UncheckedIOException.class, () -> ViewedRun.ask("GET", page));
    }

    @Test
    void a_finished_run_is_viewed_until_ctrl_c() throws IOException, InterruptedException {
        Child child = Child.of("view", "viewed", "--runs", viewed.runs());
        URI page = address(child);

        assertEquals("done", ViewedRun.state(page).at("/outcome").asString());
        child.signal("INT");
        assertEquals(Exit.INTERRUPTED.code(), child.code());
    }

    private static URI address(Child child) throws IOException {
        BufferedReader out = child.process().inputReader(UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith("http:")) {
            line = out.readLine();
        }
        return URI.create(String.valueOf(line));
    }

    @Test
    void a_run_that_is_not_there_and_one_that_is_not_run_cannot_be_viewed() throws IOException {
        Invocation unknown = Invocation.of("view", "viewde", "--runs", viewed.runs());
        Invocation dry = Invocation.of("run", ViewedRun.plan(folder), "--view", "--dry-run");

        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("viewed"), unknown.err());
        assertEquals(2, dry.code());
        assertTrue(dry.err().contains("--view"), dry.err());
    }

    /** Of all units, as the journal's first line has them. */
    private static List<String> planned() {
        Matcher unit = Pattern.compile("\"unit\":\\{\"slot\":\"([^\"]*)\",\"number\":(\\d+)")
                .matcher(journal.get(0));
        return unit.results()
                .map(found -> found.group(1) + "/" + found.group(2))
                .toList();
    }

    private static int firstOf(List<String> lines, String event, String slot) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(event)
                    && lines.get(i).contains("\"unit\":{\"slot\":\"" + slot + "\",\"number\":0")) {
                return i;
            }
        }
        throw new IllegalStateException("no " + event + " of " + slot);
    }

    private static JsonNode unit(JsonNode state, String name) {
        for (JsonNode unit : state.at("/units")) {
            if (unit.at("/name").asString().equals(name)) {
                return unit;
            }
        }
        throw new AssertionError("no unit " + name + " in " + state);
    }

    private static List<Double> positions(JsonNode state, String unit, String name) {
        List<Double> positions = new ArrayList<>();
        for (JsonNode curve : state.at("/curves")) {
            if (curve.at("/unit").asString().equals(unit)
                    && curve.at("/name").asString().equals(name)) {
                curve.at("/points").forEach(point -> positions.add(point.get(0).asDouble()));
            }
        }
        return positions;
    }
}
