package io.github.flinkwebsocket.feed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is taken for a secret, by its name or its look. */
class LooksSecretTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "Token",
                "access_token",
                "accessToken",
                "accesstoken",
                "ACCESS_TOKEN",
                "id_token",
                "authToken",
                "x-amz-security-token",
                "token2",
                "key",
                "apikey",
                "apiKey",
                "api_key",
                "API-KEY",
                "APIKey",
                "X-Api-Key",
                "listenKey",
                "listenkey",
                "appkey",
                "publicKey",
                "licensekey",
                "AWSAccessKeyId",
                "keyid",
                "key_id",
                "secret",
                "client_secret",
                "apisecret",
                "password",
                "passwd",
                "pwd",
                "pass",
                "passphrase",
                "userpass",
                "sign",
                "signature",
                "X-Amz-Signature",
                "X-Amz-SignedHeaders",
                "sig",
                "apiSign",
                "auth",
                "oauth",
                "oauth2",
                "Authorization",
                "auth_code",
                "jwt",
                "session",
                "sessionId",
                "sessionid",
                "session_token",
                "usersession",
                "ticket",
                "credential",
                "X-Amz-Credential",
                "nonce"
            })
    void namesWithASecretWord(String name) {
        assertThat(LooksSecret.name(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyword",
                "keywords",
                "keyboard",
                "monkey",
                "turkey",
                "hockey",
                "donkey",
                "turnkey",
                "author",
                "authors",
                "authority",
                "design",
                "assign",
                "assigned",
                "signal",
                "signals",
                "signup",
                "tokenId",
                "token_id",
                "tokenid",
                "tokens",
                "keys",
                "tokenize",
                "compass",
                "bypass",
                "passenger",
                "secretary",
                "possession",
                "obsession",
                "ticketing",
                "symbol",
                "streams",
                "id",
                "depth",
                "x",
                "",
                "channel",
                "designKeyword",
                "insight"
            })
    void namesWithoutOne(String name) {
        assertThat(LooksSecret.name(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1",
                "v10.stomp",
                "v12.stomp",
                "graphql-ws",
                "graphql-transport-ws",
                "mqtt",
                "mqttv3.1",
                "wamp.2.json",
                "wamp.2.msgpack",
                "json",
                "xmpp",
                "chat",
                "ocpp1.6",
                "ocpp2.0.1",
                "actioncable-v1-json",
                "centrifuge-json",
                "soap"
            })
    void plainNamesOfSubprotocolsAreNone(String subprotocol) {
        assertThat(LooksSecret.subprotocol(subprotocol)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token.SSSS",
                "access_token",
                "base64url.bearer.authorization.k8s.io.c2VjcmV0",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
                "hunter2",
                "SSSS",
                "aBcDeF",
                "0123456789",
                "openai-insecure-api-key.sk-abc",
                "abcdefghijklmnopqrstuvw"
            })
    void othersMayBeTokens(String subprotocol) {
        assertThat(LooksSecret.subprotocol(subprotocol)).isTrue();
    }
}
