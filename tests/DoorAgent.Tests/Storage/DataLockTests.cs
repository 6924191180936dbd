using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Storage;

public sealed class DataLockTests
{
    [Fact]
    public void OneHasItAtATimeAndTheNextIsToldWho()
    {
        using TempFolder folder = new();
        string data = folder.File("data");
        using (DataLock.Take(data))
        {
            UserErrorException refused = Assert.Throws<UserErrorException>(() => DataLock.Take(data));
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
            Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        }

        DataLock.Take(data).Dispose();
    }
}
