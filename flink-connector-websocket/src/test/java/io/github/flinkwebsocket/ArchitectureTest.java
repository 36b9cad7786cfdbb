package io.github.flinkwebsocket;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Dependencies point one way, and every class says who may use it. Nothing is exempt. */
@AnalyzeClasses(
        packages = "io.github.flinkwebsocket",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTest.ConnectorOnly.class
        })
class ArchitectureTest {

    private static final String ROOT = "io.github.flinkwebsocket.";

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("table")
                    .definedBy(ROOT + "table..")
                    .layer("source")
                    .definedBy(ROOT + "source")
                    .layer("enumerator")
                    .definedBy(ROOT + "source.enumerator..")
                    .layer("reader")
                    .definedBy(ROOT + "source.reader..")
                    .layer("split")
                    .definedBy(ROOT + "source.split..")
                    .layer("metrics")
                    .definedBy(ROOT + "metrics..")
                    .layer("session")
                    .definedBy(ROOT + "session..")
                    .layer("connection")
                    .definedBy(ROOT + "connection..")
                    .layer("logstash")
                    .definedBy(ROOT + "logstash..")
                    .layer("probe")
                    .definedBy(ROOT + "probe..")
                    .whereLayer("logstash")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("table")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("source")
                    .mayOnlyBeAccessedByLayers("logstash", "table")
                    .whereLayer("enumerator")
                    .mayOnlyBeAccessedByLayers("source")
                    .whereLayer("reader")
                    .mayOnlyBeAccessedByLayers("source")
                    .whereLayer("metrics")
                    .mayOnlyBeAccessedByLayers("reader")
                    .whereLayer("session")
                    .mayOnlyBeAccessedByLayers("reader", "metrics")
                    .whereLayer("connection")
                    .mayOnlyBeAccessedByLayers("session", "probe")
                    .whereLayer("probe")
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FEED_MESSAGE_POSITION_AND_CONNECTION_KNOW_NO_RUNTIME =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            ROOT + "feed..",
                            ROOT + "message..",
                            ROOT + "position..",
                            ROOT + "credentials..",
                            ROOT + "session..",
                            ROOT + "connection..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink.runtime..",
                            "org.apache.flink.streaming..",
                            "org.apache.flink.connector..",
                            "org.apache.flink.table..",
                            "org.apache.flink.api.connector..");

    @ArchTest
    static final ArchRule LOGSTASH_KNOWS_ONLY_WHAT_USERS_KNOW =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "logstash..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + "connection..",
                            ROOT + "credentials..",
                            ROOT + "metrics..",
                            ROOT + "position..",
                            ROOT + "session..",
                            ROOT + "source.*..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_LOGSTASH =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "logstash..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "logstash..");

    /** A DataStream job runs without Flink's table classes. */
    @ArchTest
    static final ArchRule ONLY_TABLE_KNOWS_TABLES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "table..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink.table..", ROOT + "table..");

    @ArchTest
    static final ArchRule ONLY_CONNECTION_KNOWS_THE_LIBRARY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "connection..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.java_websocket..");

    @ArchTest
    static final ArchRule PROBE_KNOWS_CONNECTION_FEED_AND_MESSAGE =
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "probe..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            ROOT + "credentials..",
                            ROOT + "metrics..",
                            ROOT + "position..",
                            ROOT + "session..",
                            ROOT + "source..",
                            ROOT + "table..",
                            "org.apache.flink.runtime..",
                            "org.apache.flink.streaming..",
                            "org.apache.flink.connector..",
                            "org.apache.flink.table..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_PROBE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "probe..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "probe..");

    @ArchTest
    static final ArchRule NOTHING_SHADED_NOTHING_UNWANTED =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink.shaded..",
                            "com.google..",
                            "lombok..",
                            "org.mockito..");

    @ArchTest
    static final ArchRule EVERY_CLASS_SAYS_WHO_MAY_USE_IT =
            classes()
                    .that(
                            new DescribedPredicate<JavaClass>("are top level") {
                                @Override
                                public boolean test(JavaClass type) {
                                    return type.isTopLevelClass()
                                            && !type.getSimpleName().equals("package-info");
                                }
                            })
                    .should()
                    .beAnnotatedWith(Public.class)
                    .orShould()
                    .beAnnotatedWith(PublicEvolving.class)
                    .orShould()
                    .beAnnotatedWith(Internal.class);

    /** Leaves out the test classes, which another module compiles to another folder. */
    static final class ConnectorOnly implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return location.contains("flink-connector-websocket/target/classes")
                    || location.contains("flink-connector-websocket-0")
                    || location.contains("flink-connector-websocket/target/flink-connector");
        }
    }
}
