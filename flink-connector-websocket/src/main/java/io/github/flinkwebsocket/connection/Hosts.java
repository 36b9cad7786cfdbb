package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells addresses from names. Never asks a name server. Any thread. */
@Internal
final class Hosts {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** The bytes of an address in text form, IPv6 with or without brackets; null for a name. */
    @Nullable
    static byte[] literal(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        if (!ipv6 && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            // With brackets it is an address or an error, but never looked up.
            return InetAddress.getByName(ipv6 && !host.startsWith("[") ? "[" + host + "]" : host)
                    .getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private Hosts() {}
}
