// SPDX-License-Identifier: GPL-2.0 OR MIT
/* /proc/device-tree/model and /proc/device-tree/system/linux,revision, as a Pi's firmware writes them. A module rather
 * than a bind mount, because ProtectProc= of a service mounts a /proc of its own. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static unsigned int revision = 0xc03114;	/* Pi 4 B 4 GB, 1.4 */
module_param(revision, uint, 0444);
static char *model = "Raspberry Pi 4 Model B Rev 1.4 (simulated)";
module_param(model, charp, 0444);
static struct proc_dir_entry *root;

static int show_model(struct seq_file *m, void *v)
{
	seq_write(m, model, strlen(model) + 1);
	return 0;
}

static int show_revision(struct seq_file *m, void *v)
{
	__be32 be = cpu_to_be32(revision);
	seq_write(m, &be, sizeof(be));
	return 0;
}

static int __init identity_init(void)
{
	struct proc_dir_entry *system;

	root = proc_mkdir("device-tree", NULL);
	if (!root)
		return -EEXIST;
	system = proc_mkdir("system", root);
	proc_create_single("model", 0444, root, show_model);
	proc_create_single("linux,revision", 0444, system, show_revision);
	return 0;
}

static void __exit identity_exit(void)
{
	proc_remove(root);
}
module_init(identity_init);
module_exit(identity_exit);
MODULE_LICENSE("Dual MIT/GPL");
