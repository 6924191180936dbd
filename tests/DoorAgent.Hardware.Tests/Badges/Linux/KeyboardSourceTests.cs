using System.Runtime.CompilerServices;
using System.Text;
using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Badges.Linux;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Hardware.Tests.Badges.Linux;

public sealed class KeyboardSourceTests : IDisposable
{
    private const ushort Enter = 28, LeftShift = 42;

    private readonly KeyPipe _keys = new();
    private readonly KeyboardSource _source;

    public KeyboardSourceTests() => _source = new KeyboardSource(_keys.Device);

    public void Dispose()
    {
        _source.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public void AnEventHasTheKernelsSize() => Assert.Equal(24, Unsafe.SizeOf<KeyboardSource.InputEvent>());

    [Fact]
    public async Task EachKeyIsReadAsItsCharacterOnce()
    {
        // The codes are in the order of linux/input-event-codes.h: the row of digits, the letters, the number pad.
        _keys.Press(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30, 48, 46, 32, 18, 33, Enter, 79, 80, 81, 75, 76, 77, 71, 72, 73, 82, 96);
        Assert.Equal("1234567890ABCDEF\n1234567890\n", await TextAsync(28));
    }

    [Fact]
    public async Task ShiftAndLocksAreIgnoredAndOtherKeysAreUnknown()
    {
        _keys.Press(LeftShift, 54, 58, 69, 30, 16, 52, 1, Enter);
        Assert.Equal("A???\n", await TextAsync(5));
    }

    [Fact]
    public async Task SeparatorsAroundAndBetweenNumbersAreText()
    {
        _keys.Press(57, 11, 45, 30, 15, 2, 3, 4, 51, 5, LeftShift, 39, 35, 22, 23, 32, Enter);
        Assert.Equal(" 0XA 123,4:HUID\n", await TextAsync(16));
    }

    [Fact]
    public async Task DroppedEventsInvalidateTheNumber()
    {
        _keys.Press(2);
        _keys.Make(0, 3, 0);
        _keys.Press(3, Enter);
        Assert.Equal("1?2\n", await TextAsync(4));
    }

    [Fact]
    public async Task ABadgeIsReadFromKeys()
    {
        // The clock stands still, so that a key that is read late does not end a line.
        using TextReaderDevice device = new(_source, TextFormat.Find("decimal-10")!, new FakeTimeProvider());
        _keys.Press(11, 11, 11, 9, 11, 7, 6, 5, 10, 6, Enter);
        Assert.Equal(Badge.Parse("H10301:123:4567"), (await device.NextAsync(TestContext.Current.CancellationToken)).Badge);
    }

    [Fact]
    public async Task AWholeNumberOfEveryFormatCanBeTyped()
    {
        // The keys type C1k35s:1:2; no other format has letters besides hexadecimal digits, H, U, I and X.
        using TextReaderDevice device = new(_source, TextFormat.Find("hex-uid")!, new FakeTimeProvider());
        _keys.Press(LeftShift, 46, 2, 37, 4, 6, 31, LeftShift, 39, 2, LeftShift, 39, 3, Enter);
        Assert.Equal(Badge.Parse("C1k35s:1:2"), (await device.NextAsync(TestContext.Current.CancellationToken)).Badge);
    }

    [Fact]
    public async Task AnUnpluggedDeviceEndsTheReadWithAnError()
    {
        Task<int> reading = _source.ReadAsync(new byte[8]);
        _keys.Dispose();
        Assert.Equal(0, await reading);
    }

    [Fact]
    public async Task DisposingEndsTheWait()
    {
        Task<int> reading = _source.ReadAsync(new byte[8]);
        _source.Dispose();
        Assert.Equal(0, await reading);
    }

    [Fact]
    public void AFileThatIsNotAnInputDeviceIsRefusedAndNamed()
    {
        using TempFolder folder = new();
        string file = folder.Write("file", "");
        Assert.Contains(file, Assert.Throws<IOException>(() => KeyboardSource.Open(file)).Message, StringComparison.Ordinal);
        Assert.Contains("missing",
            Assert.Throws<IOException>(() => KeyboardSource.Open(folder.File("missing"))).Message, StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(int length)
    {
        StringBuilder text = new();
        byte[] bytes = new byte[8];
        while (text.Length < length)
        {
            int count = await _source.ReadAsync(bytes);
            Assert.True(count > 0);
            text.Append(Encoding.ASCII.GetString(bytes, 0, count));
        }

        return text.ToString();
    }
}
