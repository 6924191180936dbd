#!/usr/bin/perl
# Pulls the cable of the virtual unit, or puts it back. Arguments: the control socket of computer/qemu-system-x86_64, "out" or "in".
use strict;
use warnings;
use IO::Socket::UNIX;

my ($path, $where) = @ARGV;
my $up = { out => 'false', in => 'true' }->{$where} or die "out or in?\n";
my $computer = IO::Socket::UNIX->new($path) or die "$path: $!\n";
$computer->autoflush(1);
my $answer = <$computer>;    # the greeting
for my $order ('{"execute":"qmp_capabilities"}', qq({"execute":"set_link","arguments":{"name":"cable","up":$up}})) {
  print {$computer} "$order\n";
  # News of the computer may come between.
  do { $answer = <$computer> // die "$path was closed\n" } until $answer =~ /"(return|error)"/;
  die $answer if $1 eq 'error';
}
