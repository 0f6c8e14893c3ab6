// SPDX-License-Identifier: GPL-2.0 OR MIT
/* An SPI bus without wires: bus 0 with two chip selects, each taken by the kernel's own spidev. Every transfer that
 * reaches the controller (after spidev and the SPI core have checked it) is one record in /dev/spi-capture:
 *   struct record { u64 ns; u32 bus; u32 cs; u32 speed_hz; u32 mode; u32 bits; u32 effective; u32 len; s32 status; }
 * followed by len bytes of MOSI. MISO is the echo of MOSI. debugfs/spi-capture/: fail (an errno: transfers fail with
 * it), delay_us (how long a transfer takes; 0 is none, 1 is as long as the wire would), unplug (write 1: spidevs go;
 * write 0: they come back).
 */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/spi/spi.h>
#include <linux/debugfs.h>
#include <linux/miscdevice.h>
#include <linux/kfifo.h>
#include <linux/poll.h>
#include <linux/delay.h>
#include <linux/vmalloc.h>
#include <linux/version.h>
#include <linux/ktime.h>
#include <linux/uaccess.h>

struct record {
	u64 ns;
	u32 bus, cs, speed_hz, mode, bits, wire_us, len;
	s32 status;
} __packed;

static unsigned int devices = 2;
module_param(devices, uint, 0444);
static unsigned int max_speed = 125000000;	/* what a Pi's device tree says of its spidevs */
module_param(max_speed, uint, 0444);

static struct platform_device *pdev;
static struct spi_controller *ctlr;
static struct spi_device *spis[8];
static DEFINE_MUTEX(lock);
static DECLARE_WAIT_QUEUE_HEAD(filled);
static u8 *buf;
static size_t head, tail;
#define SIZE (16u << 20)
static u32 lost, count, fail, pace;
static struct dentry *dir;

static void put(const void *from, size_t n)
{
	size_t i;
	for (i = 0; i < n; i++)
		buf[(head + i) % SIZE] = ((const u8 *)from)[i];
	head += n;
}

static int capture_one(struct spi_controller *c, struct spi_device *spi, struct spi_transfer *t)
{
	u64 us = div_u64((u64)t->len * 8 * 1000000, t->speed_hz ?: 1);
	struct record r = {
		.ns = ktime_get_ns(), .bus = c->bus_num, .cs = spi->chip_select, .speed_hz = t->speed_hz,
		.mode = spi->mode, .bits = t->bits_per_word, .wire_us = us, .len = t->tx_buf ? t->len : 0,
		.status = -(s32)fail,
	};

	if (pace)
		fsleep(us);
	mutex_lock(&lock);
	count++;
	if (head - tail + sizeof(r) + r.len > SIZE) {
		lost++;
	} else {
		put(&r, sizeof(r));
		if (t->tx_buf)
			put(t->tx_buf, t->len);
	}
	mutex_unlock(&lock);
	wake_up_interruptible(&filled);
	if (fail)
		return -(int)fail;
	t->effective_speed_hz = t->speed_hz;
	if (t->rx_buf && t->tx_buf)
		memcpy(t->rx_buf, t->tx_buf, t->len);
	return 0;
}

static ssize_t cap_read(struct file *f, char __user *to, size_t n, loff_t *pos)
{
	size_t done = 0;
	int err;

	if (head == tail) {
		if (f->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(filled, head != tail);
		if (err)
			return err;
	}
	mutex_lock(&lock);
	while (done < n && tail != head) {
		size_t at = tail % SIZE, part = min3(n - done, head - tail, (size_t)SIZE - at);
		if (copy_to_user(to + done, buf + at, part)) {
			done = done ?: -EFAULT;
			break;
		}
		tail += part;
		done += part;
	}
	mutex_unlock(&lock);
	return done;
}

static __poll_t cap_poll(struct file *f, poll_table *wait)
{
	poll_wait(f, &filled, wait);
	return head != tail ? EPOLLIN | EPOLLRDNORM : 0;
}

static const struct file_operations cap_fops = {
	.owner = THIS_MODULE, .read = cap_read, .poll = cap_poll,
};
static struct miscdevice cap_dev = {
	.minor = MISC_DYNAMIC_MINOR, .name = "spi-capture", .fops = &cap_fops, .mode = 0400,
};

static void plug(void)
{
	unsigned int i;
	for (i = 0; i < devices && i < ARRAY_SIZE(spis); i++) {
		struct spi_board_info info = { .max_speed_hz = max_speed, .chip_select = i, .mode = SPI_MODE_0 };
		strscpy(info.modalias, "dh2228fv", sizeof(info.modalias)); /* a name that spidev takes */
		if (!spis[i])
			spis[i] = spi_new_device(ctlr, &info);
	}
}

static void unplug(void)
{
	unsigned int i;
	for (i = 0; i < ARRAY_SIZE(spis); i++)
		if (spis[i]) {
			spi_unregister_device(spis[i]);
			spis[i] = NULL;
		}
}

static ssize_t unplug_write(struct file *f, const char __user *from, size_t n, loff_t *pos)
{
	bool gone;
	int err = kstrtobool_from_user(from, n, &gone);
	if (err)
		return err;
	if (gone)
		unplug();
	else
		plug();
	return n;
}
static const struct file_operations unplug_fops = { .owner = THIS_MODULE, .write = unplug_write };

static int __init cap_init(void)
{
	int err;

	buf = vmalloc(SIZE);
	if (!buf)
		return -ENOMEM;
	pdev = platform_device_register_simple("spi-capture", -1, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	ctlr = spi_alloc_master(&pdev->dev, 0);
	if (!ctlr)
		return -ENOMEM;
	ctlr->bus_num = 0;
	ctlr->num_chipselect = ARRAY_SIZE(spis);
	ctlr->mode_bits = SPI_MODE_X_MASK | SPI_CS_HIGH | SPI_LSB_FIRST | SPI_NO_CS | SPI_3WIRE;
	ctlr->bits_per_word_mask = SPI_BPW_MASK(8);
	ctlr->transfer_one = capture_one;
	err = spi_register_controller(ctlr);
	if (err) {
		spi_controller_put(ctlr);
		platform_device_unregister(pdev);
		return err;
	}
	err = misc_register(&cap_dev);
	if (err)
		pr_err("spi-capture: no device: %d\n", err);
	dir = debugfs_create_dir("spi-capture", NULL);
	debugfs_create_u32("fail", 0600, dir, &fail);
	debugfs_create_u32("pace", 0600, dir, &pace);
	debugfs_create_u32("lost", 0400, dir, &lost);
	debugfs_create_u32("count", 0400, dir, &count);
	debugfs_create_file("unplug", 0200, dir, NULL, &unplug_fops);
	plug();
	return 0;
}

static void __exit cap_exit(void)
{
	debugfs_remove_recursive(dir);
	misc_deregister(&cap_dev);
	unplug();
	spi_unregister_controller(ctlr);
	platform_device_unregister(pdev);
	vfree(buf);
}
module_init(cap_init);
module_exit(cap_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("An SPI bus that keeps what goes out");
