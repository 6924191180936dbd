using System.Text;
using DoorAgent.Enrolment;
using DoorAgent.Evaluation;
using DoorAgent.Models;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Lists in text: people to enrol (first byte 0), pairs of pictures (1), weights of a network (2).</summary>
internal sealed class ListTarget : FuzzTarget
{
    public override string Name => "lists";

    public override IReadOnlyList<string> Tokens =>
    [
        "name", "pictures", "badge", "schedule", "from", "until", "extended", "consent", ",", ";", "\t", "\"", "\"\"", "\r\n", "2026-03-31",
        "H10301:1:2", "yes", "1e39", "-0.5", "NaN", "\u00ef\u00bb\u00bf", "../", "10 300",
    ];

    public override IEnumerable<byte[]> Seeds() =>
    [
        [0, .. "name,pictures,badge,schedule,from,until,extended,consent\n"u8,
            .. "\"anna \"\"b\"\"\",p/anna,H10301:1:2,office,2026-03-01,2026-03-31,yes,2026-03-01\n"u8],
        [0, .. "name;pictures\r\nbert;p/bert\r\n"u8],
        [1, .. "1\nanna 1 2\nanna 1 bert 2\n"u8],
        [1, .. "1 1\nanna\t1\t2\nanna\t1\tbert\t2\n"u8],
        [2, .. "0.5,1e-3\n-0.25,7\n"u8],
    ];

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        string path = ScratchFolder.Write("list.csv", input[1..]);
        switch (input[0] % 3)
        {
            case 0:
                _ = PeopleLists.OfCsv(path);
                break;
            case 1:
                _ = PairsFile.Read(path);
                break;
            default:
                float[] numbers = new float[4];
                if (CsvNumbers.Fill(Encoding.UTF8.GetString(input[1..]), numbers, isNeverNegative: true, "2 x 2") is null)
                    BrokenPromiseException.Unless(numbers.All(number => number >= 0 && float.IsFinite(number)), "A variance is negative.");
                break;
        }
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}
