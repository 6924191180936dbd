using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Events;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Tests which pictures of attempts a door keeps, and that it decides whether they can be written or not.</summary>
public sealed class AttemptPicturesTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private const string Denials = "Auditing:KeepPictures=denials", All = "Auditing:KeepPictures=all";

    [Fact]
    public async Task NothingIsKeptByDefault()
    {
        await using DoorAtWork door = new(people);
        await AttemptAsync(door, "nora/door-1");
        Assert.Equal("Denied FaceNotMatched", door.Decision);
        Assert.False(Directory.Exists(door.Pictures));
    }

    [Fact]
    public async Task ADenialIsKeptWithItsFirstItsNearestAndItsLastPicture()
    {
        await using DoorAtWork door = new(people, settings: Denials);
        await AttemptAsync(door, "nora/door-1");
        DoorEvent denied = door.Events.Single(raised => raised.Kind == DoorEventKind.Denied);
        KeptPictures kept = new(door.Pictures);
        AttemptAccount account = kept.AccountOf(denied.Sequence)!;
        Assert.Equal((DoorEventKind.Denied, denied.PersonId), (account.Kind, account.Person));
        FrameAccount[] compared = [.. account.Frames.Where(frame => frame.Use == FrameUse.NotMatched)];
        Assert.Equal(new DecisionOptions().MaxUsableFrames, compared.Length);
        Assert.Equal(denied.Distance, compared.Min(frame => frame.Match!.Value.Distance));
        TimeSpan[] times = [.. kept.PicturesOf(denied.Sequence).Select(picture => picture.CapturedAt)];
        Assert.InRange(times.Length, 2, 3);
        Assert.Equal(compared[0].CapturedAt, times[0]);
        Assert.Equal(compared[^1].CapturedAt, times[^1]);
        Assert.Contains(compared.MinBy(frame => frame.Match!.Value.Distance)!.CapturedAt, times);
        Frame frame = new();
        PictureFile.Read(kept.PicturesOf(denied.Sequence)[0].File, frame);
        Assert.NotNull(people.Reader.ReadFrame(frame).Encoding);
    }

    [Fact]
    public async Task AGrantIsKeptOnlyWhereAllAreKept()
    {
        await using DoorAtWork denials = new(people, settings: Denials);
        await AttemptAsync(denials, "adam/door-1");
        Assert.Equal("Granted adam", denials.Decision);
        Assert.Empty(new KeptPictures(denials.Pictures).Accounts);

        await using DoorAtWork all = new(people, settings: All);
        await AttemptAsync(all, "adam/door-1");
        AttemptAccount account = Assert.Single(new KeptPictures(all.Pictures).Accounts);
        Assert.Equal(all.Events.Single(raised => raised.Kind == DoorEventKind.Granted).Sequence, account.Sequence);
        Assert.Equal([1, 2, 3], account.Frames.Select(frame => frame.Agreeing));
        Assert.NotEmpty(new KeptPictures(all.Pictures).PicturesOf(account.Sequence));
    }

    [Fact]
    public async Task ADenialWithoutAnyFrameKeepsNothing()
    {
        await using DoorAtWork door = new(people, settings: Denials);
        door.Present(DoorAgent.Hardware.Badges.Badge.Parse("H10301:9:9"));
        await door.PassAsync(2);
        Assert.Equal("Denied UnknownBadge", door.Decision);
        Assert.False(Directory.Exists(door.Pictures));
    }

    [Fact]
    public async Task AFolderThatCannotBeWrittenIsReportedOnceAndChangesNoDecision()
    {
        await using DoorAtWork door = new(people, settings: All);
        await File.WriteAllTextAsync(door.Pictures, "in the way", TestContext.Current.CancellationToken);
        await AttemptAsync(door, "adam/door-1");
        Assert.Equal("Granted adam", door.Decision);
        await AttemptAsync(door, "nora/door-1");
        Assert.Equal("Denied FaceNotMatched", door.Decision);
        Assert.Single(Warnings(door), detail => detail.StartsWith("pictures of attempts are not kept", StringComparison.Ordinal));

        File.Delete(door.Pictures);
        await AttemptAsync(door, "adam/door-1");
        Assert.Single(Warnings(door), detail => detail == "pictures of attempts are kept again");
        Assert.Single(new KeptPictures(door.Pictures).Accounts);
    }

    private static IEnumerable<string> Warnings(DoorAtWork door) => door.Events
        .Where(raised => raised.Kind == DoorEventKind.Warning).Select(raised => raised.Detail!)
        .Where(detail => detail.StartsWith("pictures", StringComparison.Ordinal));

    private static async Task AttemptAsync(DoorAtWork door, string person)
    {
        door.Show(person);
        await door.PassAsync(1);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(15);
    }
}
