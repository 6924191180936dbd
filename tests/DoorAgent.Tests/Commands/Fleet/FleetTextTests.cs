using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Fleet;

/// <summary>Requests and answers that were cut off, changed, or belong to somebody else. No hub runs: nothing here needs one.</summary>
[Collection(nameof(WholeConsole))]
public sealed class FleetTextTests
{
    private const string Group = "lab", Door = "lab-3";

    [Fact]
    public async Task ARequestThatIsNotOneIsRefusedAndNothingIsAccepted()
    {
        await using OfficeAtWork office = await OfficeAtWork.WithoutHubAsync();
        await office.SaysAsync(1, "publication 1", "group", Group);
        string text = await File.ReadAllTextAsync(await office.AskAsync(Door), TestContext.Current.CancellationToken);

        await RefusesAsync(text[..^20], "cut off");
        await RefusesAsync(Swapped(text), "a character was changed");
        await RefusesAsync("", "must begin with 'dooragent-request-1:'");
        await RefusesAsync(text.Replace("request", "answer", StringComparison.Ordinal), "must begin with 'dooragent-request-1:'");
        await RefusesAsync(new string('x', 20_000), "too large");
        await office.SaysAsync(2, "There is no group depot. There are: lab.", "accept", office.File($"{Door}.request"), "--group", "depot");
        await office.SaysAsync(2, "There is no file", "accept", office.File("nothing"), "--group", Group);

        await office.SaysAsync(0, "doors: none yet", "group", Group);
        await office.SaysAsync(1, "fingerprint:", "accept", text, "--group", Group);
        await office.SaysAsync(0, "doors: lab-3", "group", Group);

        async Task RefusesAsync(string wrong, string why)
        {
            await File.WriteAllTextAsync(office.File("wrong"), wrong, TestContext.Current.CancellationToken);
            await office.SaysAsync(2, why, "accept", office.File("wrong"), "--group", Group);
        }
    }

    [Fact]
    public async Task AnAnswerThatIsNotForThisDoorChangesNothing()
    {
        await using OfficeAtWork office = await OfficeAtWork.WithoutHubAsync();
        await office.SaysAsync(1, "publication 1", "group", Group);
        await office.AskAsync(Door);
        await office.AskAsync("lab-4");
        string answer = await AnswerAsync(office, Door);

        await office.DoorSaysAsync("lab-4", 2, "the answer is for another request", "join", "--answer", answer);
        await office.DoorSaysAsync("lab-5", 2, "has not asked", "join", "--answer", answer);
        await office.DoorSaysAsync("lab-4", 2, "cut off", "join", "--answer", (await File.ReadAllTextAsync(answer, TestContext.Current.CancellationToken))[..300]);
        Assert.False(File.Exists(Path.Combine(office.DataOf("lab-4"), "link.json")));

        await office.DoorSaysAsync(Door, 0, "This door is lab-3 in the group lab.", "join", "--answer", answer);
        await office.DoorSaysAsync(Door, 2, "is lab-3 in the group lab already", "join", "lab-9");
        await office.DoorSaysAsync(Door, 2, "is not the name of a door", "join", "Lab 9");
        await office.DoorSaysAsync(Door, 2, "Which name is the door to have", "join");
    }

    [Fact]
    public async Task ADoorBelongsToOneOfficeAndOneGroup()
    {
        await using OfficeAtWork office = await OfficeAtWork.WithoutHubAsync(), other = await OfficeAtWork.WithoutHubAsync();
        foreach (OfficeAtWork one in (OfficeAtWork[])[office, other])
        {
            await one.SaysAsync(1, "publication 1", "group", Group);
            await one.SaysAsync(1, "publication 1", "group", "depot");
        }

        string request = await office.AskAsync(Door);
        string answer = await AnswerAsync(office, Door);
        string foreign = other.File("answer");
        await other.SaysAsync(1, "office's key", "accept", request, "--group", Group, "--to", foreign);
        await office.DoorSaysAsync(Door, 0, "This door is lab-3", "join", "--answer", answer);

        await office.DoorSaysAsync(Door, 2, "the answer is of another office", "join", "--answer", foreign);
        await office.SaysAsync(2, "lab-3 is in the group lab, and a door has one group", "accept", request, "--group", "depot");
        await office.SaysAsync(1, "was accepted before", "accept", request, "--group", Group);

        // Another machine with the name; and a copy of the data under another name.
        Directory.Move(office.DataOf(Door), office.DataOf("first"));
        await office.AskAsync(Door);
        await office.SaysAsync(2, "There is a door lab-3 with other keys", "accept", office.File($"{Door}.request"), "--group", Group);
    }

    [Fact]
    public async Task LeavingDeletesTheKeysAndTheNextRequestHasOthers()
    {
        await using OfficeAtWork office = await OfficeAtWork.WithoutHubAsync();
        await office.SaysAsync(1, "publication 1", "group", Group);
        string before = await File.ReadAllTextAsync(await office.AskAsync(Door), TestContext.Current.CancellationToken);
        await office.DoorSaysAsync(Door, 0, "This door is lab-3", "join", "--answer", await AnswerAsync(office, Door));
        string settings = Path.Combine(office.DataOf(Door), "link.json");
        string kept = (await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken)).Insert(1, "\"Link\": {\"Name\": \"Lab\"},");
        await File.WriteAllTextAsync(settings, kept, TestContext.Current.CancellationToken);

        await office.DoorSaysAsync(Door, 0, "lab-3 has left the group lab; 0 people of the fleet were deleted here.", "leave");

        Assert.False(File.Exists(Path.Combine(office.DataOf(Door), "link", "fleet-nkey")));
        string now = await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Fleet", now, StringComparison.Ordinal);
        Assert.Contains("Lab", now, StringComparison.Ordinal);
        await office.DoorSaysAsync(Door, 0, "in no fleet", "leave");
        Assert.NotEqual(before, await File.ReadAllTextAsync(await office.AskAsync(Door), TestContext.Current.CancellationToken));
    }

    /// <summary>The same request twice is the same text, but for the signature; the fingerprint that people compare is the same on both
    /// sides.</summary>
    [Fact]
    public async Task BothSidesShowTheSameFingerprints()
    {
        await using OfficeAtWork office = await OfficeAtWork.WithoutHubAsync();
        await office.SaysAsync(1, "publication 1", "group", Group);
        string asked = Line(await office.DoorSaysAsync(Door, 0, "fingerprint:", "join", Door, "--to", office.File($"{Door}.request")), "fingerprint:");
        string accepted = await office.SaysAsync(1, "fingerprint:", "accept", office.File($"{Door}.request"), "--group", Group, "--to", office.File("a"));
        string joined = await office.DoorSaysAsync(Door, 0, "office's key:", "join", "--answer", office.File("a"));

        Assert.Equal(asked, Line(accepted, "fingerprint:"));
        Assert.Equal(Line(accepted, "office's key:"), Line(joined, "office's key:"));
        Assert.Equal(asked, Line(await office.SaysAsync(1, "accepted before", "accept", office.File($"{Door}.request"), "--group", Group), "fingerprint:"));
    }

    /// <summary>A hub that withholds everything, and says that there is no more, must make a strict door stale.</summary>
    [Fact]
    public async Task AStrictGroupIsAlwaysRenewed()
    {
        await using OfficeAtWork office = await OfficeAtWork.WithoutHubAsync();
        await office.SaysAsync(1, "strict, renewed within 24 h", "group", Group, "--strict");
        await office.SaysAsync(0, "renewed: within 24 h", "group", Group);
        await office.SaysAsync(2, "A strict group is renewed", "group", Group, "--no-renew");
        await office.SaysAsync(2, "A strict group is renewed", "group", "depot", "--strict", "--no-renew");
        await office.SaysAsync(1, "not strict, not renewed", "group", Group, "--no-strict", "--no-renew");
        string given = await office.SaysAsync(1, "renewed within 2 h", "group", "depot", "--strict", "--renew", "2h");
        Assert.DoesNotContain("timer", given, StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(OfficeAtWork office, string door)
    {
        string file = office.File($"{door}.answer");
        await office.SaysAsync(1, "Not sent yet", "accept", office.File($"{door}.request"), "--group", Group, "--to", file);
        return file;
    }

    private static string Line(string said, string start) => said.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Split("   ")[0].Trim();

    private static string Swapped(string text)
    {
        char[] letters = text.ToCharArray();
        letters[200] = letters[200] == 'A' ? 'B' : 'A';
        return new string(letters);
    }
}
