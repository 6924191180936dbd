using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Auditing;

public sealed class DoorHeadTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    private static readonly GalleryHead Sealed = new(42, new string('a', 32), new string('b', 64), new string('c', 16));

    private static readonly JournalHead Journal = new(1204, new string('d', 64));

    [Fact]
    public void AHeadComesBackAsItWasPrinted()
    {
        DoorHead[] heads =
        [
            new(Time, Sealed, Journal), new(Time, new GalleryHead(0, new string('0', 32)), null), new(Time, null, Journal),
            new(Time, null, null),
        ];
        Assert.All(heads, head => Assert.Equal(head, Parse(head.Print())));
        Assert.True(heads[0].Print().Length < DoorHead.MostBytes / 2);
    }

    [Fact]
    public void NoOtherTextIsAHead()
    {
        string good = new DoorHead(Time, Sealed, Journal).Print();
        string[] others =
        [
            "", "\n", good[..^1], good + "\n", good + good, " " + good, good.ToUpperInvariant(), good.Replace("head 1", "head 2"),
            good.Replace("gallery 42", "gallery -42"), good.Replace("gallery 42", "gallery 99999999999999999"),
            good.Replace("gallery 42", "gallery ٤٢"), good.Replace("\n", "\r\n"), good.Replace('a', '\0'), good.Replace('d', 'D'),
            good.Replace("time 2026-03-02", "time 2026-13-02"), new string('a', 100_000), "dooragent-head 1\n",
        ];
        Assert.All(others, text => Assert.Throws<InvalidDataException>(() => Parse(text)));
    }

    /// <summary>Random damage is refused or is another head, and raises nothing else.</summary>
    [Fact]
    public void DamageRaisesNothingElse()
    {
        Random random = new(7);
        byte[] good = Encoding.ASCII.GetBytes(new DoorHead(Time, Sealed, Journal).Print());
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. good];
            for (int n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                DoorHead read = DoorHead.Parse(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length));
                Assert.Equal(read, Parse(read.Print()));
            }
            catch (InvalidDataException)
            {
                // Refused.
            }
        }
    }

    private static DoorHead Parse(string text) => DoorHead.Parse(Encoding.UTF8.GetBytes(text));
}
