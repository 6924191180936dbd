using System.Runtime.InteropServices;
using System.Text;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Networks;

public sealed class RuntimeTelemetryTests
{
    [Fact]
    public void NativeCodeSeesDisabledTelemetryInTestsToo()
    {
        // Any use of the assembly runs its module initializer.
        Assert.NotEmpty(Catalogue.Embedded.Entries);
        Assert.Equal("1", Marshal.PtrToStringUTF8(getenv(Encoding.UTF8.GetBytes(RuntimeTelemetry.Variable + '\0'))));
    }

    [DllImport("libc")]
    private static extern nint getenv(byte[] name);
}
