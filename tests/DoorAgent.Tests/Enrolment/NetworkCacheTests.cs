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
    public void TheFirstNetworksNeedNoOpening()
    {
        using NetworkCache cache = Cache(_ => throw new InvalidOperationException());
        Assert.Same(people.Reader, cache.Find(EncoderIdentity.Of(people.Reader) with { Name = "as it was called once" }).Networks!.Pipeline);
    }

    [Fact]
    public void AnotherEncoderIsOpenedOnceAndTheChangeBackOpensNothing()
    {
        using NetworkCache cache = Cache(_ => new LoadedNetworks(TestNetworks.BuiltIn(), Some()));
        LoadedNetworks first = cache.Find(MadeEncodings.Encoder).Networks!;
        cache.Find(EncoderIdentity.Of(people.Reader));
        Assert.Same(first, cache.Find(MadeEncodings.Encoder).Networks);
        Assert.Equal(["made"], _opened);
    }

    [Fact]
    public void AFailureIsRepeatedAtOnceAndRetriedAfterTenSeconds()
    {
        bool isThere = false;
        using NetworkCache cache = Cache(_ => isThere ? new LoadedNetworks(TestNetworks.BuiltIn(), Some())
            : throw new UserErrorException("It is not here."));
        string? why = cache.Find(MadeEncodings.Encoder).Refusal;
        Assert.Equal("The gallery names the encoder made, which cannot be used. It is not here.", why);
        isThere = true;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, Thrown.In(() => Assert.Equal(why, cache.Use(MadeEncodings.Encoder).Refusal)));
        Assert.Single(_opened);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("door-encoder", cache.Use(MadeEncodings.Encoder).InUse!.Name);
    }

    private static Thresholds Some() => new(new MatchingOptions { Distance = 0.5 }, null);

    private NetworkCache Cache(Func<string, LoadedNetworks> open) => new(new LoadedNetworks(people.Reader, Some()), name =>
    {
        _opened.Add(name);
        return open(name);
    }, _time);
}
