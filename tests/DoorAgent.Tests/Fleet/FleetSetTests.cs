using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DoorAgent.Fleet;

namespace DoorAgent.Tests.Fleet;

public sealed class FleetSetTests
{
    private static readonly Gen<(string Id, long Serial)[]> Sets = Gen.Select(Gen.ULong, Gen.ULong, Gen.Long[1, long.MaxValue])
        .Select(one => (FormattableString.Invariant($"{one.Item1:x16}{one.Item2:x16}"), one.Item3)).Array[0, 30];

    [Fact]
    public void TheDigestAgreesWithThatOfTheWholeText() => Sets.Sample(set =>
    {
        string text = string.Concat(set.Order(Comparer<(string Id, long Serial)>.Create((one, other) =>
            string.CompareOrdinal(one.Id, other.Id)))
            .Select(person => FormattableString.Invariant($"{person.Id} {person.Serial}\n")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), FleetSet.Digest(set));
    });

    [Fact]
    public void TheOrderDoesNotMatterAndEveryPersonAndSerialDoes() =>
        Gen.Select(Sets.Where(set => set.Length > 0), Gen.Int[0, 99]).Sample((set, pick) =>
    {
        string digest = FleetSet.Digest(set);
        (string Id, long Serial) one = set[pick % set.Length];
        Assert.Equal(digest, FleetSet.Digest(set.Reverse()));
        Assert.NotEqual(digest, FleetSet.Digest(set.Except([one])));
        Assert.NotEqual(digest, FleetSet.Digest(set.Except([one]).Append((one.Id, one.Serial == 1 ? 2 : one.Serial - 1))));
    });

    [Fact]
    public void TheEmptySetHasTheDigestOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", FleetSet.Digest([]));
}
