using System.Text;
using DoorAgent.Sealing;

namespace DoorAgent.Tests.Sealing;

public sealed class SealTests
{
    private static readonly DoorKey Key = DoorKey.Of(Enumerable.Range(0, DoorKey.Length).Select(i => (byte)i).ToArray());

    private static readonly byte[] Plain = Encoding.UTF8.GetBytes("a face");

    private static readonly byte[] Identity = Encoding.UTF8.GetBytes("encoding 7");

    [Fact]
    public void ASealedValueOpensWithItsIdentityAndIsNeverSealedTheSameWayTwice()
    {
        using Seal seal = new(Key, "gallery");
        byte[] first = seal.Close(Plain, Identity), second = seal.Close(Plain, Identity);
        Assert.NotEqual(first, second);
        Assert.Equal(Plain.Length + Seal.Overhead, first.Length);
        Assert.Equal(Plain, seal.Open(first, Identity));
        Assert.Equal(Plain, seal.Open(second, Identity));
    }

    [Fact]
    public void NoChangedByteIsAccepted()
    {
        using Seal seal = new(Key, "gallery");
        byte[] made = seal.Close(Plain, Identity);
        Assert.All(Enumerable.Range(0, made.Length), at =>
        {
            byte[] changed = [.. made];
            changed[at] ^= 1;
            Assert.Throws<BrokenSealException>(() => seal.Open(changed, Identity));
        });
        Assert.All(Enumerable.Range(0, made.Length),
            length => Assert.Throws<BrokenSealException>(() => seal.Open(made.AsSpan(0, length), Identity)));
    }

    [Fact]
    public void AnotherIdentityAnotherPurposeAndAnotherKeyDoNotOpen()
    {
        using Seal seal = new(Key, "gallery"), purpose = new(Key, "picture"), door = new(DoorKey.Generate(), "gallery");
        byte[] made = seal.Close(Plain, Identity);
        Assert.Throws<BrokenSealException>(() => seal.Open(made, Encoding.UTF8.GetBytes("encoding 8")));
        Assert.Throws<BrokenSealException>(() => purpose.Open(made, Identity));
        Assert.Throws<BrokenSealException>(() => door.Open(made, Identity));
    }

    [Fact]
    public void NoChangedOrMissingByteOfASealedFileIsAccepted()
    {
        KeyRing keys = new([Key], null);
        byte[] made = SealedFile.Close(Key, Plain, "picture 12-1");
        Assert.All(Enumerable.Range(0, made.Length), at =>
        {
            byte[] changed = [.. made];
            changed[at] ^= 1;
            Exception refusal = Assert.ThrowsAny<Exception>(() => SealedFile.Open(keys, changed, "picture 12-1"));
            Assert.True(refusal is BrokenSealException or UserErrorException, refusal.ToString());
        });
        Assert.All(Enumerable.Range(0, made.Length),
            length => Assert.Throws<BrokenSealException>(() => SealedFile.Open(keys, made.AsSpan(0, length), "picture 12-1")));
    }

    [Fact]
    public void ASealedFileNamesItsKeyAndOpensWithIt()
    {
        byte[] file = SealedFile.Close(Key, Plain, "picture 12-1");
        Assert.True(SealedFile.IsSealed(file));
        Assert.Equal(Key.Id, SealedFile.KeyIdOf(file));
        Assert.Equal("picture 12-1", SealedFile.IdentityOf(file));
        Assert.Equal(Plain, SealedFile.Open(new KeyRing([DoorKey.Generate(), Key], null), file, "picture 12-1"));
        Assert.Throws<BrokenSealException>(() => SealedFile.Open(new KeyRing([Key], null), file, "picture 12-2"));
        Assert.Throws<UserErrorException>(() => SealedFile.Open(new KeyRing([DoorKey.Generate()], null), file, "picture 12-1"));
        Assert.False(SealedFile.IsSealed(Plain));
    }
}
