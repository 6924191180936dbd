using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Operating;
using DoorAgent.Tests.Page;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Operating;

/// <summary>Enrols people at the running door with its own camera, reader and networks.</summary>
public sealed class DoorEnrolmentTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private static readonly Badge NewCard = Badge.Parse("H10301:9:99");

    [Fact]
    public async Task APersonIsEnrolledWithTheNextCardTheirConsentAndARecordAndMayThenEnter()
    {
        await using DoorAtWork door = await StartedAsync();
        using DoorEnrolment enrolment = Of(door);
        door.Show("dora");
        EnrolmentState begun = enrolment.Begin(new EnrolmentOrder("Dora Lind") { HasConsented = true, ConsentNote = "form 7", Pictures = 3 },
            "page, enrol", CancellationToken.None);
        Assert.Equal(EnrolmentStep.Badge, begun.Step);
        await UntilAsync(door, enrolment, () => door.Count(DoorEventKind.BadgeAwaited) > 0);
        door.Present(NewCard);
        await UntilAsync(door, enrolment, () => enrolment.State!.Step is EnrolmentStep.Done or EnrolmentStep.Failed);

        Assert.Equal((EnrolmentStep.Done, 3, NewCard.Hint, ""),
            (enrolment.State!.Step, enrolment.State.Taken, enrolment.State.BadgeHint, enrolment.State.Words));
        using (GalleryFile gallery = GalleryFile.OpenToRead(door.GalleryFile))
        {
            PersonEntry dora = gallery.Person("Dora Lind");
            Assert.Equal((3, "form 7", NewCard.Hint), (dora.Pictures, dora.Consent!.Note, Assert.Single(dora.Badges).Hint));
        }

        Assert.Equal("person enrolled, page, enrol", door.Events.Single(e => e.Kind == DoorEventKind.GalleryChanged).Detail);
        Assert.Equal("page, enrol", door.Events.Single(e => e.Kind == DoorEventKind.CameraLent).Detail);
        await door.PassAsync(2);
        door.Present(NewCard);
        await door.PassAsync(3);
        Assert.Equal("Granted Dora Lind", door.Decision);
    }

    [Fact]
    public async Task TheDoorDecidesDuringAnEnrolmentAndOneThatIsEndedWritesNothing()
    {
        await using DoorAtWork door = await StartedAsync();
        using DoorEnrolment enrolment = Of(door);
        door.Show("adam");
        enrolment.Begin(new EnrolmentOrder("Somebody") { HasConsented = true, TakesBadge = false, Pictures = 10 }, "page, enrol",
            CancellationToken.None);
        await UntilAsync(door, enrolment, () => enrolment.State!.Taken > 0);
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(3);
        Assert.Equal("Granted adam", door.Decision);

        Assert.Contains("is being enrolled", Assert.Throws<UserErrorException>(() => enrolment.Begin(
            new EnrolmentOrder("Another") { HasConsented = true }, "page, enrol", CancellationToken.None)).Message, StringComparison.Ordinal);
        enrolment.End();
        await enrolment.Running;
        Assert.Equal((EnrolmentStep.Failed, "The enrolment was ended; nothing was written."), (enrolment.State!.Step, enrolment.State.Words));
        using GalleryFile gallery = GalleryFile.OpenToRead(door.GalleryFile);
        Assert.Equal(["adam", "nora"], gallery.People.Select(person => person.Name));
    }

    [Fact]
    public async Task SomebodyWhoIsEnrolledAlreadyIsRefusedAfterTheirPicturesAndNothingIsWritten()
    {
        await using DoorAtWork door = await StartedAsync();
        using DoorEnrolment enrolment = Of(door);
        door.Show("adam");
        enrolment.Begin(new EnrolmentOrder("Adam Again") { HasConsented = true, TakesBadge = false, Pictures = 3 }, "page, enrol",
            CancellationToken.None);
        await UntilAsync(door, enrolment, () => enrolment.State!.Step is EnrolmentStep.Done or EnrolmentStep.Failed);
        Assert.Equal(EnrolmentStep.Failed, enrolment.State!.Step);
        Assert.Contains("adam", enrolment.State.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(door.Events, e => e.Kind == DoorEventKind.GalleryChanged);
    }

    [Fact]
    public async Task WithoutARecordNobodyIsEnrolled()
    {
        await using DoorAtWork door = await StartedAsync();
        using DoorEnrolment enrolment = Of(door);
        door.Show("dora");
        enrolment.Begin(new EnrolmentOrder("Dora Lind") { HasConsented = true, TakesBadge = false, Pictures = 3 }, "page, enrol",
            CancellationToken.None);
        await UntilAsync(door, enrolment, () => door.Count(DoorEventKind.CameraLent) > 0);
        door.FailJournal();
        await UntilAsync(door, enrolment, () => enrolment.State!.Step is EnrolmentStep.Done or EnrolmentStep.Failed);
        Assert.StartsWith("Nothing was changed: the journal cannot be written", enrolment.State!.Words, StringComparison.Ordinal);
        using GalleryFile gallery = GalleryFile.OpenToRead(door.GalleryFile);
        Assert.Equal(2, gallery.People.Count);
    }

    [Fact]
    public async Task ACameraThatIsLostEndsTheEnrolmentWithItsReason()
    {
        await using DoorAtWork door = await StartedAsync();
        using DoorEnrolment enrolment = Of(door);
        door.Unplug();
        enrolment.Begin(new EnrolmentOrder("Dora Lind") { HasConsented = true, TakesBadge = false }, "page, enrol", CancellationToken.None);
        await UntilAsync(door, enrolment, () => enrolment.State!.Step is EnrolmentStep.Done or EnrolmentStep.Failed);
        Assert.StartsWith("Only 0 of 3", enrolment.State!.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailureInsideEndsTheEnrolmentWithItsReasonAndAnotherOneCanBegin()
    {
        await using PageBench bench = new();
        using DoorEnrolment enrolment = new(
            bench, bench, bench.Places.GalleryFile, new PeopleOptions(), MatchingOptions.DefaultMargin, bench.Time);
        for (int begun = 0; begun < 2; begun++)
        {
            enrolment.Begin(new EnrolmentOrder("Dora Lind") { HasConsented = true, TakesBadge = false }, "page, enrol",
                CancellationToken.None);
            await enrolment.Running;
            Assert.Equal(EnrolmentStep.Failed, enrolment.State!.Step);
            Assert.Contains("This door has no networks.", enrolment.State.Words, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Dora", false, 5, "must have agreed")]
    [InlineData("Dora", true, 2, "from 3 to 10")]
    [InlineData("Dora", true, 11, "from 3 to 10")]
    [InlineData("<b>Dora", true, 5, "is not a name")]
    [InlineData("adam", true, 5, "adam")]
    public async Task AnOrderThatCannotBeCarriedOutIsRefusedBeforeAnybodyLooksIntoTheCamera(string name, bool agreed, int count, string why)
    {
        await using DoorAtWork door = await StartedAsync();
        using DoorEnrolment enrolment = Of(door);
        Assert.Contains(why, Assert.Throws<UserErrorException>(() => enrolment.Begin(
            new EnrolmentOrder(name) { HasConsented = agreed, Pictures = count }, "page, enrol", CancellationToken.None)).Message,
            StringComparison.Ordinal);
        Assert.Null(enrolment.State);
    }

    private async Task<DoorAtWork> StartedAsync()
    {
        DoorAtWork door = new(people);
        await door.PassAsync(1);
        return door;
    }

    /// <summary>Makes an enrolment that runs beside the door; the door's clock stands still while the enrolment works.</summary>
    private static DoorEnrolment Of(DoorAtWork door)
    {
        DoorEnrolment enrolment = new(
            door.ForWork, door.ForWork, door.GalleryFile, new PeopleOptions(), MatchingOptions.DefaultMargin, door.Time);
        door.ForWork.Await(() => enrolment.Running);
        return enrolment;
    }

    /// <summary>Moves the door's clock until something happens.</summary>
    private static async Task UntilAsync(DoorAtWork door, DoorEnrolment enrolment, Func<bool> happens)
    {
        for (int steps = 0; !happens(); steps++)
        {
            Assert.True(steps < 2000 && !enrolment.Running.IsFaulted, $"{enrolment.State}; {enrolment.Running.Exception}");
            await door.PassAsync(0.1);
        }
    }
}
