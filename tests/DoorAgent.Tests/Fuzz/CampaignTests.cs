using System.Text;
using DoorAgent.Fuzz;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fuzz;

/// <summary>Shows with planted faults that the fuzzer finds what it has to find.</summary>
public sealed class CampaignTests
{
    private static readonly FuzzLimits Small = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10), 64 << 20);

    [Fact]
    public void AnExceptionThatTheContractDoesNotNameIsFoundAndItsInputShortened()
    {
        Planted target = new(input => throw (input.Contains("door") ? new InvalidOperationException() : new FormatException()));
        (Finding finding, byte[] input) = Assert.Single(Run(target).Findings);
        Assert.Equal(("InvalidOperationException", "door"), (finding.Kind, Encoding.ASCII.GetString(input)));
    }

    [Fact]
    public void ABrokenPromiseIsFoundAlsoWhereTheContractNamesEveryException()
    {
        Planted target = new(input => BrokenPromiseException.Unless(!input.Contains("door"), "It opened."), allowsAll: true);
        Assert.Equal("BrokenPromiseException", Assert.Single(Run(target).Findings).Finding.Kind);
    }

    [Fact]
    public void AnEndlessLoopIsFound()
    {
        Planted target = new(input =>
        {
            TimeSpan before = ThreadTime.Spent;
            while (input.Contains("door") && ThreadTime.Spent - before < 2 * Small.Time)
            {
            }
        });
        Assert.Equal("Hang", new Judge(Small).Examine(target, "door"u8)?.Kind);
        Assert.Null(new Judge(Small).Examine(target, "floor"u8));
    }

    [Fact]
    public void AnAllocationBeyondTheLimitIsFound()
    {
        Planted target = new(input => GC.KeepAlive(new byte[input.Contains("door") ? 65 << 20 : 1]));
        Assert.Equal("Memory", new Judge(Small).Examine(target, "door"u8)?.Kind);
        Assert.Null(new Judge(Small).Examine(target, "floor"u8));
    }

    [Fact]
    public void ACampaignWithTheSameSeedTriesTheSameInputs()
    {
        Mutator one = new(new Planted(_ => { }), [[.. "a seed"u8]], 7), other = new(new Planted(_ => { }), [[.. "a seed"u8]], 7);
        for (int i = 0; i < 100; i++)
            Assert.Equal(one.Next(), other.Next());
    }

    private static CampaignResult Run(FuzzTarget target) =>
        Campaign.Run(target, [.. target.Seeds()], seed: 1, inputs: 2000, TimeSpan.MaxValue, new Judge(FuzzLimits.Usual));

    private sealed class Planted(Action<string> read, bool allowsAll = false) : FuzzTarget
    {
        public override string Name => "planted";

        public override int MaxLength => 64;

        public override IReadOnlyList<string> Tokens => ["door"];

        public override IEnumerable<byte[]> Seeds() => ["a seed"u8.ToArray()];

        public override void Read(ReadOnlySpan<byte> input) => read(Encoding.Latin1.GetString(input));

        public override bool Allows(Exception failure) => allowsAll || failure is FormatException;
    }
}
