using DoorAgent.Auditing;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Running;
using DoorAgent.Sealing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Running;

/// <summary>Tests that expired faces are deleted even if nobody changes the gallery for a long time.</summary>
public sealed class GalleryUpkeepTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly Mailbox<DoorMessage> _inbox = new(16);
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _file.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task ExpiredFacesAreDeletedAtStartAndOnceADay()
    {
        Keep("anna", TimeSpan.FromHours(1));
        Keep("bert", TimeSpan.FromHours(30));
        _time.Advance(TimeSpan.FromHours(2));
        Task running = Upkeep();
        Assert.Equal("bert", Kept());
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("bert", Kept());
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("", Kept());
        await EndAsync(running);
        Assert.Equal(0, _inbox.Waiting);
    }

    [Fact]
    public async Task ExpiredPicturesOfAttemptsAreDeletedAtStartAndOnceADay()
    {
        new KeptPictures(Pictures).Write(new AttemptAccount(1, DoorEventKind.Denied, null, []), []);
        File.SetLastWriteTimeUtc(Directory.GetFiles(Pictures).Single(), (_time.GetUtcNow() - TimeSpan.FromDays(13.5)).UtcDateTime);
        Task running = Upkeep();
        Assert.Single(Directory.GetFiles(Pictures));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(Directory.GetFiles(Pictures));
        await EndAsync(running);
    }

    [Fact]
    public async Task AFailedDeletionIsReportedAndTriedAgain()
    {
        File.WriteAllText(_file.Path, "nonsense");
        Task running = Upkeep();
        Assert.Equal(1, _inbox.Waiting);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, _inbox.Waiting);
        await EndAsync(running);
        await foreach (DoorMessage message in _inbox.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.StartsWith("expired faces could not be deleted: ",
                Assert.IsType<DoorMessage.Failed>(message).What, StringComparison.Ordinal);
            if (_inbox.Waiting == 0)
                break;
        }
    }

    [Fact]
    public async Task WithoutAGalleryNothingIsReportedAndNoneIsCreated()
    {
        await EndAsync(Upkeep());
        Assert.Equal((0, false), (_inbox.Waiting, File.Exists(_file.Path)));
    }

    [Fact]
    public async Task AnOpenGalleryIsSealedAtTheStartWhereTheDoorHasAKey()
    {
        Keep("anna", TimeSpan.FromDays(30));
        string key = KeyPlaces.FileOf(Path.GetDirectoryName(_file.Path)!);
        File.WriteAllText(key, DoorKey.Generate().Reveal());
        try
        {
            Assert.True(GallerySealing.IsOpen(_file.Path));
            await EndAsync(Upkeep());
            Assert.False(GallerySealing.IsOpen(_file.Path));
            Assert.Single(_file.Read().People);
            await foreach (DoorMessage message in _inbox.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                Assert.Contains("is sealed with the door's key now", Assert.IsType<DoorMessage.Warned>(message).What, StringComparison.Ordinal);
                break;
            }
        }
        finally
        {
            File.Delete(key);
        }
    }

    private string Pictures => Path.Combine(Path.GetDirectoryName(_file.Path)!, "pictures");

    private Task Upkeep() => new GalleryUpkeep(
        _file.Path, new KeptPictures(Pictures), new AuditingOptions(), _inbox, _time).RunAsync(_stop.Token);

    private async Task EndAsync(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }

    private void Keep(string name, TimeSpan time)
    {
        using GalleryFile file = new(_file.Path, _time);
        file.AddPerson(PersonName.Parse(name), false, null, MadeEncodings.Encoder, [KeptFaces.Made(0, 1)], time);
    }

    private string Kept()
    {
        using GalleryFile file = GalleryFile.OpenToRead(_file.Path);
        return string.Join(' ', file.People.Where(person => file.CropsOf(person.Name) is not null).Select(person => person.Name));
    }
}
