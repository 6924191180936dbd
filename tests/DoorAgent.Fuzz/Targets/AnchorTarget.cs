using System.Text;
using DoorAgent.Auditing;
using DoorAgent.Matching;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The head of a door: the daemon's user writes it, and root reads it into the anchor.</summary>
internal sealed class AnchorTarget : FuzzTarget
{
    public override string Name => "anchor";

    public override int MaxLength => 2 * DoorHead.MostBytes;

    public override IReadOnlyList<string> Tokens =>
        ["dooragent-head 1\n", "time 2026-03-01T08:00:00.0000000Z\n", "gallery 7 ", "journal 9 ", "-", " - ", "\n", "0123456789abcdef",
            "9999999999999999"];

    public override IEnumerable<byte[]> Seeds()
    {
        DateTimeOffset time = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
        GalleryHead gallery = new(7, new string('a', 32), new string('b', 64), "0123456789abcdef");
        JournalHead journal = new(9, new string('c', 64));
        DoorHead[] heads =
        [
            new(time, gallery, journal), new(time, new GalleryHead(1, ""), null), new(time, null, new JournalHead(0, null)),
        ];
        return heads.Select(head => Encoding.ASCII.GetBytes(head.Print()));
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        DoorHead head = DoorHead.Parse(input);
        BrokenPromiseException.Unless(DoorHead.Parse(Encoding.ASCII.GetBytes(head.Print())) == head,
            "A head changes when it is written again.");
        BrokenPromiseException.Unless(head.Gallery is not { Revision: < 0 } && head.Journal is not { Sequence: < 0 },
            "A number is negative.");
    }

    public override bool Allows(Exception failure) => failure is InvalidDataException;
}
