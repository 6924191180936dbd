using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Enrolment;

public sealed class NetworkCacheTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _opened = [];

    [Fact]
    public void WhatTheRunBeganWithNeedsNoOpening()
    {
        using NetworkCache shelf = Shelf(_ => throw new InvalidOperationException());
        Assert.Same(people.Reader, shelf.For(EncoderIdentity.Of(people.Reader) with { Name = "as it was called once" }).Pipeline);
    }

    [Fact]
    public void AnotherEncoderIsOpenedOnceAndItsWayBackIsNoOpeningEither()
    {
        using NetworkCache shelf = Shelf(_ => new LoadedNetworks(TestNetworks.BuiltIn(), Some()));
        LoadedNetworks first = shelf.For(MadeEncodings.Encoder);
        shelf.For(EncoderIdentity.Of(people.Reader));
        Assert.Same(first, shelf.For(MadeEncodings.Encoder));
        Assert.Equal(["made"], _opened);
    }

    [Fact]
    public void AFailureIsToldAtOnceAgainAndTriedAgainAfterTenSeconds()
    {
        bool isThere = false;
        using NetworkCache shelf = Shelf(_ => isThere ? new LoadedNetworks(TestNetworks.BuiltIn(), Some()) : throw new UserErrorException("It is not here."));
        string why = Assert.Throws<UserErrorException>(() => shelf.For(MadeEncodings.Encoder)).Message;
        Assert.Equal("The gallery names the encoder made, and it cannot be used. It is not here.", why);
        isThere = true;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(why, Assert.Throws<UserErrorException>(() => shelf.For(MadeEncodings.Encoder)).Message);
        Assert.Single(_opened);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("door-encoder", shelf.Use(MadeEncodings.Encoder).Name);
    }

    private static Thresholds Some() => new(new MatchingOptions { Distance = 0.5 }, null);

    private NetworkCache Shelf(Func<string, LoadedNetworks> open) => new(new LoadedNetworks(people.Reader, Some()), name =>
    {
        _opened.Add(name);
        return open(name);
    }, _time);
}
