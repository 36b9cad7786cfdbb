package io.github.flinkwebsocket.docs;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import javax.xml.parsers.DocumentBuilderFactory;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The dependencies and jars that the docs name are those that this project builds. */
class MavenDocsTest {

    private static final String GROUP = "io.github.flinkwebsocket";

    /** The name of a jar without its version, and the version. */
    private static final Pattern JAR =
            Pattern.compile(
                    "((?:flink-(?:sql-)?connector-websocket[a-z-]*|examples))-(\\d\\S*?)\\.jar");

    @Test
    void dependenciesHaveTheVersionsOfTheProject() throws Exception {
        Element project = parse(Files.readString(project().resolve("pom.xml")));
        String version = text(project, "version");
        List<String> modules = texts(project, "module");
        String flink = text(project, "flink.version");
        String log4j = text(project, "log4j.version");
        int ours = 0;
        for (DocPage page : DocPage.all()) {
            for (CodeBlock block : page.blocks("xml")) {
                NodeList dependencies =
                        parse("<all>" + block.code() + "</all>").getElementsByTagName("dependency");
                for (int i = 0; i < dependencies.getLength(); i++) {
                    Element dependency = (Element) dependencies.item(i);
                    boolean isOurs = text(dependency, "groupId").equals(GROUP);
                    if (isOurs) {
                        ours++;
                        assertThat(modules)
                                .as("%s", block)
                                .contains(text(dependency, "artifactId"));
                    }
                    assertThat(text(dependency, "version"))
                            .as("%s: %s", block, text(dependency, "artifactId"))
                            .isIn(
                                    isOurs
                                            ? List.of(version)
                                            : List.of(flink, "${flink.version}", log4j));
                }
            }
        }
        assertThat(ours).isGreaterThanOrEqualTo(1);
    }

    @Test
    void jarsHaveTheVersionOfTheProject() throws Exception {
        String version = text(parse(Files.readString(project().resolve("pom.xml"))), "version");
        for (DocPage page : DocPage.all()) {
            Matcher jar = JAR.matcher(Files.readString(page.file()));
            while (jar.find()) {
                assertThat(jar.group(2)).as("%s in %s", jar.group(), page).isEqualTo(version);
            }
        }
    }

    private static Path project() {
        return GeneratedDocs.docs().resolve("..");
    }

    private static Element parse(String xml) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(xml)));
        return document.getDocumentElement();
    }

    /** The text of the first element of this name. */
    private static String text(Element in, String name) {
        return texts(in, name).stream().findFirst().orElse("");
    }

    private static List<String> texts(Element in, String name) {
        NodeList nodes = in.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().strip())
                .collect(Collectors.toList());
    }
}
