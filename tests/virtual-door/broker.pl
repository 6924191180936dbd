#!/usr/bin/perl
# A broker of MQTT 5 for the virtual unit, where none is installed: answers each packet, and writes what is published to a file, a line
# "TOPIC PAYLOAD" for each message; a last will is written when its client ends without a farewell. It delivers nothing to anybody.
# Arguments: port, file.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my ($port, $file) = @ARGV;
my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 16, ReuseAddr => 1) or die "$@\n";
my $ready = IO::Select->new($listener);
my (%received, %will);

sub publish {
  open my $out, '>>', $file or die "$file: $!\n";
  print {$out} join(' ', @_), "\n";
  close $out;
}

# A number of one to four bytes (1.5.5), or nothing while it is not there completely.
sub variable {
  my ($bytes, $at) = @_;
  my $value = 0;
  for my $place (0 .. 3) {
    return if length($$bytes) <= $at + $place;
    my $byte = ord(substr($$bytes, $at + $place, 1));
    $value |= ($byte & 127) << (7 * $place);
    return ($value, $at + $place + 1) if $byte < 128;
  }
  die "a length of more than four bytes\n";
}

sub text {
  my ($bytes, $at) = @_;
  my $length = unpack('n', substr($$bytes, $at, 2));
  return (substr($$bytes, $at + 2, $length), $at + 2 + $length);
}

sub past_properties {
  my ($length, $at) = variable(@_);
  return $at + $length;
}

# Returns whether the client stays.
sub answer {
  my ($client, $first, $body) = @_;
  my $kind = $first >> 4;
  if ($kind == 1) {    # CONNECT
    my $flags = ord(substr($$body, 7, 1));
    my (undef, $at) = text($body, past_properties($body, 10));
    if ($flags & 4) {
      my ($topic, $payload);
      ($topic, $at) = text($body, past_properties($body, $at));
      ($payload) = text($body, $at);
      $will{$client} = [$topic, $payload];
    }
    syswrite $client, "\x20\x03\x00\x00\x00";
  } elsif ($kind == 3) {    # PUBLISH
    my ($topic, $at) = text($body, 0);
    my $quality = ($first >> 1) & 3;
    if ($quality) {
      syswrite $client, pack('CC', $quality == 1 ? 0x40 : 0x50, 2) . substr($$body, $at, 2);
      $at += 2;
    }
    publish($topic, substr($$body, past_properties($body, $at)));
  } elsif ($kind == 6) {    # PUBREL
    syswrite $client, "\x70\x02" . substr($$body, 0, 2);
  } elsif ($kind == 8 || $kind == 10) {    # SUBSCRIBE, UNSUBSCRIBE
    my ($at, $filters) = (past_properties($body, 2), 0);
    for (; $at < length($$body); $filters++) {
      (undef, $at) = text($body, $at);
      $at++ if $kind == 8;
    }
    syswrite $client, pack('CC', $kind == 8 ? 0x90 : 0xB0, 3 + $filters) . substr($$body, 0, 2) . "\0" . ("\0" x $filters);
  } elsif ($kind == 12) {    # PINGREQ
    syswrite $client, "\xD0\x00";
  } elsif ($kind == 14) {    # DISCONNECT
    delete $will{$client};
    return 0;
  }
  return 1;
}

sub serve {
  my ($client) = @_;
  return 0 unless sysread $client, $received{$client}, 65536, length $received{$client};
  while (length $received{$client} > 1) {
    my ($length, $at) = variable(\$received{$client}, 1) or last;
    last if length $received{$client} < $at + $length;
    my $first = ord $received{$client};
    my $body = substr $received{$client}, $at, $length;
    substr($received{$client}, 0, $at + $length) = '';
    return 0 unless answer($client, $first, \$body);
  }
  return 1;
}

$SIG{PIPE} = 'IGNORE';
while (my @those = $ready->can_read) {
  for my $one (@those) {
    if ($one == $listener) {
      my $client = $listener->accept or next;
      $received{$client} = '';
      $ready->add($client);
    } elsif (!eval { serve($one) }) {
      publish(@{ $will{$one} }) if $will{$one};
      delete $will{$one};
      delete $received{$one};
      $ready->remove($one);
      close $one;
    }
  }
}
