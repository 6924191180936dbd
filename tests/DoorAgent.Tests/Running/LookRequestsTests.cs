using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>Looks through the camera of the running door.</summary>
public sealed class LookRequestsTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    [Fact]
    public async Task APictureShowsTheFaceAndWhetherTheDoorCouldCompareIt()
    {
        await using DoorAtWork door = await StartedAsync();
        door.Show("adam");
        Look look = await LookAsync(door, LookUse.Show);
        Assert.Null(look.Fault);
        Assert.Equal(UnusableReason.None, look.Reading!.Problem);
        PictureFacts facts = PagePicture.FactsOf(look, look.Picture!, 10);
        Assert.True(facts.IsUsable);
        Assert.InRange(facts.Face!.Width, 60, look.Picture!.Width);
        Assert.Equal(("", "", null), (facts.Words, facts.Advice, facts.Problem));
    }

    [Fact]
    public async Task APictureThatCannotBeComparedSaysWhyAndWhatToDo()
    {
        await using DoorAtWork door = await StartedAsync();
        using TempFolder wall = new();
        Frame grey = new();
        grey.Resize(320, 240);
        grey.Pixels.Fill(128);
        File.WriteAllBytes(wall.File("wall.png"), FrameDrawing.Encode(grey, ".png"));
        door.Show(wall.Path);
        Look look = await LookAsync(door, LookUse.Show);
        PictureFacts facts = PagePicture.FactsOf(look, look.Picture!, 10);
        Assert.Equal((false, "NoFace", "no face", null), (facts.IsUsable, facts.Problem, facts.Words, facts.Face));
        Assert.NotEqual("", facts.Advice);
    }

    [Fact]
    public async Task ALostCameraHasAFaultAndNoPicture()
    {
        await using DoorAtWork door = await StartedAsync();
        door.Unplug();
        Look look = await LookAsync(door, LookUse.Show);
        Assert.Null(look.Picture);
        Assert.NotNull(look.Fault);
    }

    [Fact]
    public async Task TwoWhoLookGetTheSameFrameAndTheDoorGrantsMeanwhile()
    {
        await using DoorAtWork door = await StartedAsync();
        door.Show("adam");
        ISeeingDoor seeing = (ISeeingDoor)door.Operable;
        int pictures = 0;
        door.Present(DoorAtWork.AdamsBadge);
        for (int i = 0; i < 20; i++)
        {
            Task<Look> one = seeing.LookAsync(LookUse.Show, CancellationToken.None), other = seeing.LookAsync(LookUse.Show, CancellationToken.None);
            await door.PassAsync(0.1);
            if (one.IsCompleted)
            {
                pictures++;
                Assert.Same(await one, await other);
            }
        }

        Assert.Equal("Granted adam", door.Decision);
        // Five a second at most, of ten frames a second.
        Assert.InRange(pictures, 5, 11);
    }

    [Fact]
    public async Task WhileAnAttemptIsOpenTheNetworksReadNothingForAnEnrolment()
    {
        await using DoorAtWork door = await StartedAsync();
        door.Show("nora");
        door.Present(DoorAtWork.AdamsBadge);
        await door.PassAsync(0.5);
        Task<Look> enrolment = ((ISeeingDoor)door.Operable).LookAsync(LookUse.Enrol, CancellationToken.None);
        await door.PassAsync(0.5);
        Assert.False(enrolment.IsCompleted);
        // The attempt is denied after its time.
        await door.PassAsync(15);
        Assert.NotNull(door.Decision);
        Assert.NotNull((await enrolment).Reading);
    }

    [Fact]
    public async Task WhoNoLongerWaitsIsNotWaitedFor()
    {
        await using DoorAtWork door = await StartedAsync();
        using CancellationTokenSource gone = new();
        Task<Look> look = ((ISeeingDoor)door.Operable).LookAsync(LookUse.Show, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        door.Show("adam");
        Assert.NotNull((await LookAsync(door, LookUse.Show)).Picture);
    }

    private async Task<DoorAtWork> StartedAsync()
    {
        DoorAtWork door = new(people);
        await door.PassAsync(1);
        return door;
    }

    private static async Task<Look> LookAsync(DoorAtWork door, LookUse use)
    {
        Task<Look> look = ((ISeeingDoor)door.Operable).LookAsync(use, CancellationToken.None);
        for (int steps = 0; !look.IsCompleted; steps++)
        {
            Assert.True(steps < 100, "The door showed nothing.");
            await door.PassAsync(0.1);
        }

        return await look;
    }
}
