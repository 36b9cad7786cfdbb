package io.github.flinkwebsocket.message.event;

public final class WebSocketEvent {}
